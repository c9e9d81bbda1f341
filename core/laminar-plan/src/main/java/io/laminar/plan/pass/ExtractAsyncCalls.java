package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.plan.expression.ExpressionRewriter;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of asynchronous functions get operators of their own below the expressions they stand in, the inner ones first.
 * A condition without such a call filters before them, so that nothing is asked for rows that are left out.
 */
public final class ExtractAsyncCalls implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        return Rewrite.of(plan, ExtractAsyncCalls::extract);
    }

    private static PlanNode extract(PlanNode node) {
        if (!(node instanceof FilterProjectNode project) || new Finder().in(project) == null) {
            return node;
        }
        if (project.input().changelog() != ChangelogMode.APPEND) {
            FunctionCall call = new Finder().in(project);
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    (call == null ? "an asynchronous function" : call.name())
                            + " is asynchronous and may answer differently when a row is taken back",
                    "call it before rows change: in the query that the aggregation or join reads");
        }
        FilterProjectNode current = filteredBefore(project);
        for (FunctionCall call = new Finder().in(current); call != null; call = new Finder().in(current)) {
            current = withoutCall(current, call);
        }
        return current;
    }

    /** The condition in a node below, if it calls nothing asynchronous. */
    private static FilterProjectNode filteredBefore(FilterProjectNode project) {
        Expression condition = project.condition();
        if (condition == null || new Finder().in(condition) != null) {
            return project;
        }
        PlanNode filter = new FilterProjectNode(
                project.input(),
                condition,
                columns(project.input().schema()),
                null,
                project.input().schema());
        return new FilterProjectNode(filter, null, project.projections(), project.rowtime(), project.schema());
    }

    private static List<Expression> columns(Schema schema) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(column(schema, i));
        }
        return columns;
    }

    private static Expression column(Schema schema, int index) {
        Field field = schema.field(index);
        return new Expression.Input(index, field.type(), field.nullable());
    }

    /** The same with the answer of a call as a column of the input. */
    private static FilterProjectNode withoutCall(FilterProjectNode project, FunctionCall call) {
        UserFunction function = java.util.Objects.requireNonNull(call.user());
        Schema input = project.input().schema();
        List<Expression> expressions = new ArrayList<>(columns(input));
        List<Field> fields = new ArrayList<>(input.fields());
        List<Integer> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            int known = expressions.indexOf(argument);
            arguments.add(known < 0 ? expressions.size() : known);
            if (known < 0) {
                fields.add(new Field("argument" + expressions.size(), argument.type(), argument.nullable()));
                expressions.add(argument);
            }
        }
        PlanNode prepared = expressions.size() == input.size()
                ? project.input()
                : new FilterProjectNode(project.input(), null, expressions, null, new Schema(fields));
        AsyncNode async = new AsyncNode(prepared, function, arguments);
        ExpressionRewriter answers = new ExpressionRewriter() {
            @Override
            public Expression visitFunctionCall(FunctionCall other) {
                return other.equals(call)
                        ? column(async.schema(), async.schema().size() - 1)
                        : super.visitFunctionCall(other);
            }
        };
        Expression condition = project.condition();
        Expression rowtime = project.rowtime();
        return new FilterProjectNode(
                async,
                condition == null ? null : answers.rewrite(condition),
                answers.rewrite(project.projections()),
                rowtime == null ? null : answers.rewrite(rowtime),
                project.schema());
    }

    /** Finds a call of an asynchronous function whose arguments have none. */
    private static final class Finder extends ExpressionRewriter {
        private @Nullable FunctionCall found;

        @Nullable
        FunctionCall in(FilterProjectNode project) {
            if (project.condition() != null) {
                rewrite(project.condition());
            }
            rewrite(project.projections());
            if (project.rowtime() != null) {
                rewrite(project.rowtime());
            }
            return found;
        }

        @Nullable
        FunctionCall in(Expression expression) {
            rewrite(expression);
            return found;
        }

        @Override
        public Expression visitFunctionCall(FunctionCall call) {
            Expression rewritten = super.visitFunctionCall(call);
            UserFunction user = call.user();
            if (found == null && user != null && user.kind() == Kind.ASYNC) {
                found = call;
            }
            return rewritten;
        }
    }
}
