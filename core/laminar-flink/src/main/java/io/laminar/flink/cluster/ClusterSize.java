package io.laminar.flink.cluster;

import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.PlanNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What a cluster has room for.
 *
 * @param slots the greatest parallelism of its jobs
 * @param exchanges of rows between subtasks, in all jobs that run at the same time
 */
public record ClusterSize(int slots, int exchanges) {
    /** What costs little and is enough for most pipelines. */
    private static final int EXCHANGES = 20;

    /** For pipelines that are not known yet. */
    public static ClusterSize ofSlots(int slots) {
        return new ClusterSize(slots, EXCHANGES);
    }

    /** For one job. */
    public static ClusterSize of(StreamPlan plan, JobSettings settings) {
        int edges = settings.inOneThread() ? 0 : edges(plan);
        return new ClusterSize(settings.parallelism(), Math.max(EXCHANGES, edges));
    }

    private static int edges(StreamPlan plan) {
        Set<PlanNode> seen = new HashSet<>();
        return plan.sinks().stream().mapToInt(sink -> edges(sink, seen)).sum();
    }

    /** Exchanges, and inputs of nodes that have several, at or above a node. */
    private static int edges(PlanNode node, Set<PlanNode> seen) {
        if (!seen.add(node)) {
            return 0;
        }
        int own = node instanceof ExchangeNode
                ? 1
                : node.inputs().size() > 1 ? node.inputs().size() : 0;
        return own
                + node.inputs().stream().mapToInt(input -> edges(input, seen)).sum();
    }

    /** Whether there is room for what needs the other. */
    public boolean holds(ClusterSize other) {
        return other.slots <= slots && other.exchanges <= exchanges;
    }

    /** Memory through which subtasks of its one process send rows to each other. */
    public NetworkMemory network() {
        return NetworkMemory.of(slots).withMoreExchanges(slots, Math.max(0, exchanges - EXCHANGES));
    }
}
