package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Puts an exchange below every node whose rows have to meet. */
public final class InsertExchanges implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        return Rewrite.of(plan, InsertExchanges::distribute);
    }

    private static PlanNode distribute(PlanNode node) {
        if (node instanceof WindowAggregateNode aggregate && aggregate.phase() != Phase.PARTIAL) {
            return below(aggregate, keyed(aggregate.keys()));
        } else if (node instanceof AggregateNode aggregate && aggregate.phase() != Phase.PARTIAL) {
            return below(aggregate, keyed(aggregate.keys()));
        } else if (node instanceof WindowTopNNode top) {
            return below(top, keyed(top.partition()));
        } else if (node instanceof TopNNode top) {
            return below(top, keyed(top.partition()));
        } else if (node instanceof MaterializeNode materialize) {
            return below(materialize, keyed(materialize.keys()));
        } else if (node instanceof NormalizeNode normalize) {
            return below(normalize, keyed(normalize.keys()));
        } else if (node instanceof DeduplicateNode deduplicate) {
            return below(deduplicate, keyed(deduplicate.keys()));
        } else if (node instanceof JoinNode join) {
            return below(join, join.distributions());
        } else if (node instanceof SetOperationNode operation) {
            return below(operation, keyed(all(operation.schema())));
        } else if (node instanceof MatchNode match) {
            return below(match, keyed(match.partition()));
        } else if (node instanceof OverNode over) {
            return below(over, keyed(over.keys()));
        } else if (node instanceof SortLimitNode || node instanceof FinalRowsNode) {
            return below(node, new Distribution.Single());
        }
        JoinParts parts = JoinParts.of(node);
        return parts == null ? node : below(node, parts.distributions());
    }

    private static List<Integer> all(Schema schema) {
        return IntStream.range(0, schema.size()).boxed().toList();
    }

    private static Distribution keyed(List<Integer> keys) {
        return keys.isEmpty() ? new Distribution.Single() : new Distribution.Keyed(keys);
    }

    private static PlanNode below(PlanNode node, Distribution distribution) {
        return below(node, List.of(distribution));
    }

    /** @param distributions of the inputs, in their order */
    private static PlanNode below(PlanNode node, List<Distribution> distributions) {
        List<PlanNode> inputs = new ArrayList<>();
        for (int i = 0; i < distributions.size(); i++) {
            PlanNode input = node.inputs().get(i);
            inputs.add(input instanceof ExchangeNode ? input : new ExchangeNode(input, distributions.get(i)));
        }
        return inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    }
}
