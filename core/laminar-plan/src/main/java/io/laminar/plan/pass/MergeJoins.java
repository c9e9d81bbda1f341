package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Inner joins of the same rows by the same keys become one, whatever columns they want: rows are sent once, and kept
 * once. Joins whose inputs change are only shared if they are equal, because every change of a column of one would be a
 * change of the others.
 */
public final class MergeJoins implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Map<PlanNode, JoinShape> shapes = new HashMap<>();
        Map<JoinShape.Pairs, List<PlanNode>> members = new LinkedHashMap<>();
        for (PlanNode node : new Consumers(plan).sourcesFirst()) {
            JoinShape shape = JoinShape.of(node);
            if (shape != null) {
                shapes.put(node, shape);
                members.computeIfAbsent(shape.pairs(), p -> new ArrayList<>()).add(node);
            }
        }
        Map<PlanNode, SharedJoin> shared = new HashMap<>();
        for (List<PlanNode> nodes : members.values()) {
            if (nodes.size() > 1) {
                SharedJoin join =
                        new SharedJoin(nodes, nodes.stream().map(shapes::get).toList());
                nodes.forEach(node -> shared.put(node, join));
            }
        }
        return shared.isEmpty()
                ? plan
                : Rewrite.withFormer(plan, (former, node) -> {
                    SharedJoin join = shared.get(former);
                    return join == null
                            ? node
                            : join.instead(
                                    (JoinNode) former,
                                    Objects.requireNonNull(shapes.get(former)),
                                    rows(former, node, 0),
                                    rows(former, node, 1));
                });
    }

    /** What an input of the join reads in the plan as it is by now, without the projection that it had. */
    private static PlanNode rows(PlanNode former, PlanNode node, int input) {
        PlanNode present = node.inputs().get(input);
        return former.inputs().get(input) instanceof FilterProjectNode
                ? present.inputs().get(0)
                : present;
    }
}
