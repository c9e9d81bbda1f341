package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.PlanNode;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Outer joins whose rows without a match are left out by the condition above do not give them in the first place: {@code l
 * LEFT JOIN r ON ... WHERE r.x > 5} is an inner join. It takes nothing back, where the outer one would.
 */
public final class ReduceOuterJoins implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Consumers consumers = new Consumers(plan);
        return Rewrite.withFormer(plan, (former, node) -> {
            boolean only = former instanceof FilterProjectNode filter && !consumers.isShared(filter.input());
            return only ? reduced((FilterProjectNode) node) : node;
        });
    }

    private static PlanNode reduced(FilterProjectNode filter) {
        JoinParts parts = Joins.parts(filter.input());
        if (parts != null) {
            JoinType type = type(
                    parts.type(), filter, parts.outputs(), parts.left().schema().size());
            return type == parts.type()
                    ? filter
                    : filter.withInputs(List.of(Joins.with(filter.input(), parts.withType(type))));
        }
        if (!(filter.input() instanceof LookupJoinNode join)) {
            return filter;
        }
        JoinType type =
                type(join.type(), filter, join.outputs(), join.input().schema().size());
        return filter.withInputs(List.of(new LookupJoinNode(
                join.input(),
                join.table(),
                join.policy(),
                type,
                join.keys(),
                join.condition(),
                join.outputs(),
                join.schema())));
    }

    /** @param outputs which columns of pairs the result of the join has, the first {@code width} being the left ones */
    private static JoinType type(JoinType type, FilterProjectNode filter, List<Integer> outputs, int width) {
        if (filter.condition() == null || !type.pairs()) {
            return type;
        }
        IntPredicate isLeft = column -> outputs.get(column) < width;
        boolean keepsLeft = type.keepsLeft() && !new NullRejection(isLeft.negate()).rejects(filter.condition());
        boolean keepsRight = type.keepsRight() && !new NullRejection(isLeft).rejects(filter.condition());
        if (keepsLeft) {
            return keepsRight ? JoinType.FULL : JoinType.LEFT;
        }
        return keepsRight ? JoinType.RIGHT : JoinType.INNER;
    }
}
