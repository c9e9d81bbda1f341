package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.UnnestNode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the expressions of a node.
 *
 * @param values what is done to an expression whose value matters
 * @param conditions what is done to one that keeps rows for which it is TRUE
 */
record NodeExpressions(UnaryOperator<Expression> values, UnaryOperator<Expression> conditions) {

    /** The same for all expressions. */
    static NodeExpressions each(UnaryOperator<Expression> change) {
        return new NodeExpressions(change, change);
    }

    PlanNode replace(PlanNode node) {
        if (node instanceof FilterProjectNode project) {
            Expression rowtime = project.rowtime();
            return new FilterProjectNode(
                    project.input(),
                    condition(project.condition()),
                    all(project.projections(), values),
                    rowtime == null ? null : values.apply(rowtime),
                    project.schema());
        } else if (node instanceof UnnestNode unnest) {
            return new UnnestNode(
                    unnest.input(),
                    unnest.carried(),
                    unnest.collections(),
                    unnest.ordinality(),
                    unnest.outer(),
                    condition(unnest.condition()),
                    unnest.schema());
        } else if (node instanceof LookupJoinNode join) {
            return new LookupJoinNode(
                    join.input(),
                    join.table(),
                    join.policy(),
                    join.type(),
                    join.keys(),
                    condition(join.condition()),
                    join.outputs(),
                    join.schema());
        }
        JoinParts parts = Joins.parts(node);
        if (parts != null) {
            return Joins.with(node, parts.withCondition(condition(parts.condition())));
        }
        return node instanceof MatchNode match ? matched(match) : node;
    }

    private PlanNode matched(MatchNode match) {
        return new MatchNode(
                match.input(),
                match.partition(),
                match.order(),
                match.variables(),
                match.pattern(),
                match.conditions().stream()
                        .map(frame -> new MatchFrame(frame.values(), all(frame.expressions(), conditions)))
                        .toList(),
                match.atStart(),
                match.atEnd(),
                match.within(),
                match.skip(),
                match.allRows(),
                new MatchFrame(match.measures().values(), all(match.measures().expressions(), values)),
                match.limit(),
                match.schema());
    }

    private @Nullable Expression condition(@Nullable Expression condition) {
        return condition == null ? null : conditions.apply(condition);
    }

    private static List<Expression> all(List<Expression> expressions, UnaryOperator<Expression> change) {
        return expressions.stream().map(change).toList();
    }
}
