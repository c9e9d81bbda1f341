package io.laminar.testing.simulator;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.batch.Batch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of a plan that become tasks, inputs before their readers, and how rows get from one to the other. */
final class Topology {

    /**
     * The way into one input.
     *
     * @param distribution null where rows stay in their subtask
     */
    record Inlet(
            PlanNode producer, Batch.Lane lane, @Nullable Distribution distribution) {}

    private final Map<PlanNode, Integer> ids = new LinkedHashMap<>();
    private final Map<PlanNode, List<Inlet>> inlets = new LinkedHashMap<>();

    Topology(StreamPlan plan) {
        for (SinkNode sink : plan.sinks()) {
            visit(sink);
        }
    }

    private void visit(PlanNode node) {
        if (ids.containsKey(node)) {
            return;
        }
        List<Inlet> ways = node.inputs().stream().map(Topology::inlet).toList();
        ways.forEach(w -> visit(w.producer()));
        ids.put(node, ids.size());
        inlets.put(node, ways);
    }

    private static Inlet inlet(PlanNode input) {
        PlanNode producer = input;
        Batch.Lane lane = Batch.Lane.MAIN;
        Distribution distribution = null;
        while (true) {
            if (producer instanceof ExchangeNode exchange) {
                distribution = distribution == null ? exchange.distribution() : distribution;
                producer = exchange.input();
            } else if (producer instanceof LaneNode side) {
                lane = side.lane();
                producer = side.input();
            } else {
                return new Inlet(producer, lane, distribution);
            }
        }
    }

    /** Inputs before their readers. */
    Iterable<PlanNode> nodes() {
        return ids.keySet();
    }

    int id(PlanNode node) {
        Integer id = ids.get(node);
        if (id == null) {
            throw new IllegalArgumentException("no node of this plan: " + node);
        }
        return id;
    }

    List<Inlet> inlets(PlanNode node) {
        return inlets.getOrDefault(node, List.of());
    }

    int parallelism(PlanNode node, int parallelism) {
        if (node instanceof ValuesNode) {
            return 1;
        }
        return inlets(node).stream()
                .filter(inlet -> !(inlet.distribution() instanceof Distribution.Broadcast))
                .mapToInt(inlet -> {
                    if (inlet.distribution() == null) {
                        return parallelism(inlet.producer(), parallelism);
                    }
                    return meetsInOne(inlet.distribution()) ? 1 : parallelism;
                })
                .max()
                .orElse(parallelism);
    }

    /** Without key columns all keys are equal. */
    private static boolean meetsInOne(Distribution distribution) {
        return distribution instanceof Distribution.Single
                || (distribution instanceof Distribution.Keyed keyed
                        && keyed.columns().isEmpty());
    }

    /** Whether the rows of a node's subtask are those of its key groups: by an exchange before it or further up. */
    boolean keyed(PlanNode node) {
        // What every subtask gets does not say which rows are whose.
        List<Inlet> ways = inlets(node).stream()
                .filter(inlet -> !(inlet.distribution() instanceof Distribution.Broadcast))
                .toList();
        return !ways.isEmpty()
                && ways.stream()
                        .allMatch(w -> w.distribution() == null
                                ? keyed(w.producer())
                                : w.distribution() instanceof Distribution.Keyed);
    }
}
