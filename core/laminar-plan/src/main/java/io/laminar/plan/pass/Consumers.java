package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes of a plan in order from the sinks to the sources, and who reads whom. Equal nodes are one node. */
final class Consumers {
    private final Map<PlanNode, List<PlanNode>> consumers = new HashMap<>();
    private final List<PlanNode> sourcesFirst = new ArrayList<>();

    Consumers(StreamPlan plan) {
        Set<PlanNode> seen = new HashSet<>();
        plan.sinks().forEach(sink -> visit(sink, seen));
    }

    private void visit(PlanNode node, Set<PlanNode> seen) {
        if (!seen.add(node)) {
            return;
        }
        for (PlanNode input : node.inputs()) {
            consumers.computeIfAbsent(input, i -> new ArrayList<>()).add(node);
            visit(input, seen);
        }
        sourcesFirst.add(node);
    }

    /** Every node before its inputs. */
    List<PlanNode> sinksFirst() {
        List<PlanNode> order = new ArrayList<>(sourcesFirst);
        java.util.Collections.reverse(order);
        return order;
    }

    /** Every node after its inputs, those of the first sink first. */
    List<PlanNode> sourcesFirst() {
        return List.copyOf(sourcesFirst);
    }

    List<PlanNode> of(PlanNode node) {
        return consumers.getOrDefault(node, List.of());
    }

    boolean isShared(PlanNode node) {
        return of(node).size() > 1;
    }
}
