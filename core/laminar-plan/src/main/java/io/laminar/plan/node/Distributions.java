package io.laminar.plan.node;

import java.util.List;
import java.util.stream.IntStream;

/** Which rows have to meet for a node to do its work. */
public final class Distributions {

    private Distributions() {}

    /** By input; empty for nodes that take each row by itself. */
    public static List<Distribution> of(PlanNode node) {
        if (node instanceof WindowAggregateNode aggregate && aggregate.phase() != Phase.PARTIAL) {
            return keyed(aggregate.keys());
        } else if (node instanceof AggregateNode aggregate && aggregate.phase() != Phase.PARTIAL) {
            return keyed(aggregate.keys());
        } else if (node instanceof WindowTopNNode top) {
            return keyed(top.partition());
        } else if (node instanceof TopNNode top) {
            return keyed(top.partition());
        } else if (node instanceof MaterializeNode materialize) {
            return keyed(materialize.keys());
        } else if (node instanceof NormalizeNode normalize) {
            return keyed(normalize.keys());
        } else if (node instanceof DeduplicateNode deduplicate) {
            return keyed(deduplicate.keys());
        } else if (node instanceof JoinNode join) {
            return join.distributions();
        } else if (node instanceof SetOperationNode operation) {
            return keyed(IntStream.range(0, operation.schema().size()).boxed().toList());
        } else if (node instanceof MatchNode match) {
            return keyed(match.partition());
        } else if (node instanceof OverNode over) {
            return keyed(over.keys());
        } else if (node instanceof SortLimitNode || node instanceof FinalRowsNode) {
            return List.of(new Distribution.Single());
        }
        JoinParts parts = JoinParts.of(node);
        return parts == null ? List.of() : parts.distributions();
    }

    private static List<Distribution> keyed(List<Integer> keys) {
        return List.of(keys.isEmpty() ? new Distribution.Single() : new Distribution.Keyed(keys));
    }
}
