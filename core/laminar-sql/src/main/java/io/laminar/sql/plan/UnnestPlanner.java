package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import io.laminar.sql.function.UnnestOperator;
import io.laminar.sql.plan.ExpressionConverter.Correlated;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Plans UNNEST. Beside a table it is no join: the elements of a row stay where the row is. What a LATERAL query computes
 * from the elements, and which of them it keeps, becomes part of the same step.
 */
final class UnnestPlanner {

    /** {@code t CROSS JOIN UNNEST(t.list)}, and LATERAL queries over UNNEST. */
    Relation plan(Correlate correlate, Relation left) {
        Correlated outer = (row, column) -> {
            if (!row.id.equals(correlate.getCorrelationId())) {
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "UNNEST reaches over more than one query around it",
                        "pass the column on through the query between");
            }
            return RelPlanner.converter(left).column(column);
        };
        return beside(left, correlate.getRight(), correlate.getJoinType(), outer, null);
    }

    /** {@code t CROSS JOIN UNNEST(ARRAY[1, 2])}: the same elements for each row. */
    Relation plan(Join join, Relation left) {
        Correlated none = (row, column) -> {
            throw new IllegalStateException("no query around a join without correlation");
        };
        RexNode condition = join.getCondition().isAlwaysTrue() ? null : join.getCondition();
        return beside(left, join.getRight(), join.getJoinType(), none, condition);
    }

    /** {@code FROM UNNEST(...)} alone. */
    Relation plan(Uncollect uncollect, Relation input) {
        List<Expression> collections = new ArrayList<>();
        for (LogicalColumn column : input.columns()) {
            collections.add(column.input());
        }
        Relation rows = Unnesting.of(input, collections, Unnesting.Shape.SPREAD, uncollect.withOrdinality, false)
                .relation(null);
        List<LogicalColumn> elements =
                rows.columns().subList(input.columns().size(), rows.columns().size());
        return new Relation(rows.node(), elements, rows.bounded());
    }

    private static Relation beside(
            Relation left, RelNode right, JoinRelType type, Correlated outer, @Nullable RexNode condition) {
        if (type != JoinRelType.INNER && type != JoinRelType.LEFT) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    "a " + type.lowerName
                            + " join with UNNEST has no meaning: elements belong to a row of the left side",
                    "use CROSS JOIN UNNEST, or LEFT JOIN UNNEST ... ON TRUE");
        }
        List<RelNode> steps = new ArrayList<>();
        RelNode below = right;
        while (!(below instanceof Uncollect)) {
            steps.add(0, below);
            below = below.getInput(0);
        }
        Uncollect uncollect = (Uncollect) below;
        boolean isOuter = type == JoinRelType.LEFT;
        Unnesting unnesting = Unnesting.of(
                left,
                collections(uncollect.getInput(), outer).stream()
                        .map(collection -> RelPlanner.steady(collection, left))
                        .toList(),
                Unnesting.Shape.SPREAD,
                isOuter || uncollect.withOrdinality,
                isOuter);
        Elements elements = new Elements(left, unnesting, isOuter, uncollect.withOrdinality, outer);
        steps.forEach(elements::take);
        return elements.relation(condition);
    }

    /** The expressions below UNNEST, over the row around. */
    private static List<Expression> collections(RelNode input, Correlated outer) {
        if (input instanceof Values values) {
            ExpressionConverter constants = new ExpressionConverter(i -> {
                throw new IllegalStateException("VALUES have no input");
            });
            return values.getTuples().get(0).stream().map(constants::convert).toList();
        }
        Project project = (Project) input;
        List<Expression> below = collections(project.getInput(), outer);
        ExpressionConverter converter = new ExpressionConverter(below::get, outer);
        return project.getProjects().stream().map(converter::convert).toList();
    }

    /** What a query over UNNEST makes of the elements, step by step. */
    private static final class Elements {
        private final Relation left;
        private final Unnesting unnesting;
        private final Correlated outer;
        /** NULL where a row has no elements; null for inner joins. */
        private final @Nullable Expression ordinal;

        private List<Expression> values;
        private List<String> names;
        private @Nullable Expression condition;

        Elements(Relation left, Unnesting unnesting, boolean isOuter, boolean withOrdinality, Correlated outer) {
            List<LogicalColumn> all = unnesting.columns();
            int last = all.size() - (isOuter && !withOrdinality ? 1 : 0);
            List<LogicalColumn> elements = all.subList(left.columns().size(), last);
            this.left = left;
            this.unnesting = unnesting;
            this.outer = outer;
            this.ordinal = isOuter ? all.get(all.size() - 1).input() : null;
            this.values = elements.stream().map(LogicalColumn::input).toList();
            this.names = elements.stream().map(LogicalColumn::name).toList();
        }

        void take(RelNode step) {
            ExpressionConverter converter = new ExpressionConverter(values::get, outer);
            if (step instanceof Filter filter) {
                condition = Expressions.and(condition, converter.convert(filter.getCondition()));
                return;
            }
            Project project = (Project) step;
            values = project.getProjects().stream().map(converter::convert).toList();
            names = project.getRowType().getFieldNames();
        }

        /** @param on over the columns of both sides */
        Relation relation(@Nullable RexNode on) {
            if (on != null) {
                ExpressionConverter rows = RelPlanner.converter(left);
                int width = left.columns().size();
                ExpressionConverter converter =
                        new ExpressionConverter(i -> i < width ? rows.column(i) : values.get(i - width));
                condition = Expressions.and(condition, converter.convert(on));
            }
            List<Expression> expressions = new ArrayList<>();
            List<LogicalColumn> result = new ArrayList<>();
            for (LogicalColumn column : left.columns()) {
                if (column.isPending()) {
                    result.add(column);
                } else {
                    result.add(column.at(expressions.size()));
                    expressions.add(column.input());
                }
            }
            for (int i = 0; i < values.size(); i++) {
                Expression value = present(values.get(i));
                result.add(new LogicalColumn(names.get(i), value.type(), value.nullable(), expressions.size(), null));
                expressions.add(value);
            }
            Schema schema = new Schema(result.stream()
                    .filter(column -> !column.isPending())
                    .map(LogicalColumn::field)
                    .toList());
            // An outer join asks the condition of the elements itself, for rows without a match stay.
            PlanNode rows =
                    unnesting.relation(ordinal == null ? null : condition).node();
            PlanNode node = ordinal != null || condition == null
                    ? Relation.project(rows, expressions, schema)
                    : new FilterProjectNode(rows, condition, expressions, null, schema);
            return new Relation(node, result, left.bounded());
        }

        /** A value computed from elements is NULL where there are none. */
        private Expression present(Expression value) {
            if (ordinal == null || value instanceof Expression.Input) {
                return value;
            }
            Expression there = new Expression.Call(Operation.IS_NOT_NULL, List.of(ordinal), Scalar.BOOLEAN, false);
            return new Expression.Case(
                    List.of(new Expression.Case.Branch(there, value)),
                    new Expression.Literal(null, value.type()),
                    value.type(),
                    true);
        }
    }

    // SELECT --------------------------------------------------------------------------------------------------------

    /** Whether a SELECT list calls unnest. */
    static boolean appliesTo(List<RexNode> projects) {
        return !calls(projects).isEmpty();
    }

    private static List<RexNode> calls(List<RexNode> projects) {
        List<RexNode> found = new ArrayList<>();
        new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (call.getOperator() instanceof UnnestOperator && !found.contains(call)) {
                    found.add(call);
                }
                return super.visitCall(call);
            }
        }.visitList(projects);
        return found;
    }

    /** {@code SELECT unnest(list)}: the call becomes a column of elements, whatever stands around it stays. */
    Relation plan(Project project, Relation input) {
        List<RexNode> calls = calls(project.getProjects());
        ExpressionConverter converter = RelPlanner.converter(input);
        List<Expression> collections = calls.stream()
                .map(call -> converter.convert(((RexCall) call).getOperands().get(0)))
                .map(collection -> RelPlanner.steady(collection, input))
                .toList();
        Relation rows = Unnesting.of(input, collections, Unnesting.Shape.WHOLE, false, false)
                .relation(null);
        int first = input.columns().size();
        RexShuttle columns = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                int position = calls.indexOf(call);
                return position < 0 ? super.visitCall(call) : new RexInputRef(first + position, call.getType());
            }
        };
        return RelPlanner.project(
                columns.visitList(project.getProjects()), project.getRowType().getFieldNames(), rows);
    }
}
