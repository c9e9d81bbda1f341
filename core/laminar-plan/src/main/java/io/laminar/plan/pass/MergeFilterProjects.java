package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;

/**
 * Makes one filter-project of two that follow each other, so that one generated loop does the work of both. An inner
 * one that others read too, or that draws random values, stays.
 */
public final class MergeFilterProjects implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        StreamPlan merged = once(plan);
        while (!merged.equals(plan)) {
            plan = merged;
            merged = once(plan);
        }
        return merged;
    }

    private static StreamPlan once(StreamPlan plan) {
        Consumers consumers = new Consumers(plan);
        return Rewrite.withFormer(plan, (former, node) -> merge(former, node, consumers));
    }

    private static PlanNode merge(PlanNode former, PlanNode node, Consumers consumers) {
        if (!(node instanceof FilterProjectNode outer)
                || !(outer.input() instanceof FilterProjectNode inner)
                || consumers.isShared(former.inputs().get(0))
                || inner.projections().stream().anyMatch(Expressions::isVolatile)) {
            return node;
        }
        Expression outerRowtime = outer.rowtime();
        Expression outerCondition = outer.condition();
        return new FilterProjectNode(
                inner.input(),
                Expressions.and(
                        inner.condition(),
                        outerCondition == null
                                ? null
                                : Expressions.substitute(outerCondition, inner.projections(), inner.rowtime())),
                outer.projections().stream()
                        .map(p -> Expressions.substitute(p, inner.projections(), inner.rowtime()))
                        .toList(),
                outerRowtime == null
                        ? inner.rowtime()
                        : Expressions.substitute(outerRowtime, inner.projections(), inner.rowtime()),
                outer.schema());
    }
}
