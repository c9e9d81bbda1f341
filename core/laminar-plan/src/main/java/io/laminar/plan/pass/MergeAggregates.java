package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Aggregations of the same rows by the same keys and windows become one: rows are sent once, and keys are kept once.
 * Those whose results are updated are only shared if they compute the same, because an update of one result would be one
 * of the others, with equal values, too.
 */
public final class MergeAggregates implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        if (plan.settings().values().has(PipelineSettings.LATE_ROWS)) {
            // Late rows leave with the columns of the aggregation that refused them.
            return plan;
        }
        Map<PlanNode, AggregateShape> shapes = new HashMap<>();
        Map<AggregateShape.Groups, List<PlanNode>> members = new LinkedHashMap<>();
        for (PlanNode node : new Consumers(plan).sourcesFirst()) {
            AggregateShape shape = AggregateShape.of(node);
            if (shape != null) {
                shapes.put(node, shape);
                members.computeIfAbsent(shape.groups(), g -> new ArrayList<>()).add(node);
            }
        }
        Map<PlanNode, SharedAggregate> shared = new HashMap<>();
        for (List<PlanNode> nodes : members.values()) {
            if (nodes.size() > 1) {
                SharedAggregate aggregate = new SharedAggregate(
                        nodes, nodes.stream().map(shapes::get).toList());
                nodes.forEach(node -> shared.put(node, aggregate));
            }
        }
        return shared.isEmpty()
                ? plan
                : Rewrite.withFormer(plan, (former, node) -> {
                    SharedAggregate aggregate = shared.get(former);
                    return aggregate == null
                            ? node
                            : aggregate.instead(node, Objects.requireNonNull(shapes.get(former)), rows(former, node));
                });
    }

    /** What the aggregation reads in the plan as it is by now, without the projection that it had. */
    private static PlanNode rows(PlanNode former, PlanNode node) {
        PlanNode input = node.inputs().get(0);
        return former.inputs().get(0) instanceof FilterProjectNode
                ? input.inputs().get(0)
                : input;
    }
}
