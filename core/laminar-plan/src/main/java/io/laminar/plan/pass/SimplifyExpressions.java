package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.plan.simplify.ExpressionSimplifier;
import java.util.List;

/**
 * Makes expressions simpler: what is always true goes, what can never be true leaves nothing of its input, and the input
 * is not read.
 */
public final class SimplifyExpressions implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        ExpressionSimplifier simplifier = new ExpressionSimplifier();
        NodeExpressions simple = new NodeExpressions(simplifier::rewrite, simplifier::condition);
        return Rewrite.of(plan, node -> filtered(simple.replace(node)));
    }

    private static PlanNode filtered(PlanNode node) {
        if (!(node instanceof FilterProjectNode project) || !(project.condition() instanceof Literal literal)) {
            return node;
        }
        List<Expression> projections = project.projections();
        return Boolean.TRUE.equals(literal.value())
                ? new FilterProjectNode(project.input(), null, projections, project.rowtime(), project.schema())
                : new ValuesNode(project.schema(), List.of());
    }
}
