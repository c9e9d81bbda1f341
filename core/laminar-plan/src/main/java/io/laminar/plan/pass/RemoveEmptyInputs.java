package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.ValuesNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is made of no rows has no rows, and is not computed. */
public final class RemoveEmptyInputs implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        return Rewrite.of(plan, RemoveEmptyInputs::remove);
    }

    private static PlanNode remove(PlanNode node) {
        if (node instanceof UnionNode union) {
            return remove(union);
        }
        // A sink wants to know that nothing comes.
        boolean stays = node instanceof SinkNode || isEmpty(node);
        return !stays && givesNothing(node) ? empty(node) : node;
    }

    private static boolean givesNothing(PlanNode node) {
        JoinParts parts = Joins.parts(node);
        if (parts != null) {
            return givesNothing(parts);
        } else if (node instanceof LookupJoinNode join) {
            return isEmpty(join.input()) || (!join.type().keepsLeft() && isNever(join.condition()));
        } else if (node instanceof AggregateNode aggregate) {
            // Without keys there is a row even over no input.
            return isEmpty(aggregate.input()) && !aggregate.keys().isEmpty();
        } else if (node instanceof SortLimitNode sort && sort.limit() == 0) {
            return true;
        }
        return node.inputs().size() == 1 && isEmpty(node.inputs().get(0));
    }

    private static boolean givesNothing(JoinParts parts) {
        boolean left = isEmpty(parts.left());
        boolean right = isEmpty(parts.right());
        return switch (parts.type()) {
            case INNER, SEMI -> left || right || isNever(parts.condition());
            case LEFT, ANTI -> left;
            case RIGHT -> right;
            case FULL -> left && right;
        };
    }

    private static boolean isNever(@Nullable Expression condition) {
        return condition instanceof Literal literal && !Boolean.TRUE.equals(literal.value());
    }

    private static PlanNode remove(UnionNode union) {
        List<PlanNode> left =
                union.inputs().stream().filter(input -> !isEmpty(input)).toList();
        return switch (left.size()) {
            case 0 -> empty(union);
            case 1 -> left.get(0);
            default -> left.size() == union.inputs().size() ? union : new UnionNode(left, union.schema());
        };
    }

    private static boolean isEmpty(PlanNode node) {
        return node instanceof ValuesNode values && values.rows().isEmpty();
    }

    private static PlanNode empty(PlanNode node) {
        return new ValuesNode(node.schema(), List.of());
    }
}
