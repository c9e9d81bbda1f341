package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.Use;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Folds rows where they are before they are exchanged. Without keys every row would otherwise go to one subtask. With
 * keys it saves what is sent, if keys repeat; where they do not, the partial node finds out and passes rows on. A node
 * whose input has arrived already is left alone.
 */
public final class SplitAggregates implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        // Late rows go to a table as they came, and partial states are no rows.
        boolean keepsLateRows = plan.settings().values().has(PipelineSettings.LATE_ROWS);
        boolean keyed = splitsKeys(plan.settings());
        return Rewrite.of(
                plan, node -> keepsLateRows && node instanceof WindowAggregateNode ? node : split(node, keyed));
    }

    private static boolean splitsKeys(PipelineSettings settings) {
        return switch (settings.values().choice(PipelineSettings.LOCAL_AGGREGATION, Use.class)) {
            case ON -> true;
            case OFF -> false;
            case AUTO ->
                settings.values().integer(PipelineSettings.PARALLELISM) > 1
                        || settings.values().bool(PipelineSettings.AUTOSCALE);
        };
    }

    private static PlanNode split(PlanNode node, boolean keyed) {
        if (node instanceof WindowAggregateNode aggregate) {
            return splits(aggregate, keyed) ? split(aggregate) : node;
        } else if (node instanceof AggregateNode aggregate) {
            return splits(aggregate, keyed) ? split(aggregate) : node;
        }
        return node;
    }

    private static boolean splits(WindowAggregateNode aggregate, boolean keyed) {
        return aggregate.phase() == Phase.COMPLETE
                && (aggregate.keys().isEmpty() || keyed)
                && !(aggregate.input() instanceof ExchangeNode)
                && aggregate.time() == TimeDomain.EVENT
                && aggregate.emit() instanceof Emit.Final
                && aggregate.input().changelog() == ChangelogMode.APPEND
                && PartialLayout.splits(aggregate.window())
                && PartialLayout.splits(aggregate.calls());
    }

    private static PlanNode split(WindowAggregateNode aggregate) {
        PlanNode partial = new WindowAggregateNode(
                aggregate.input(),
                aggregate.window(),
                aggregate.time(),
                aggregate.keys(),
                aggregate.calls(),
                Phase.PARTIAL,
                new Emit.Final(),
                PartialLayout.windowSchema(
                        aggregate.keys(), aggregate.calls(), aggregate.input().schema()));
        return new WindowAggregateNode(
                partial,
                aggregate.window(),
                aggregate.time(),
                positions(aggregate.keys()),
                aggregate.calls(),
                Phase.FINAL,
                aggregate.emit(),
                aggregate.schema());
    }

    private static boolean splits(AggregateNode aggregate, boolean keyed) {
        return aggregate.phase() == Phase.COMPLETE
                && (aggregate.keys().isEmpty() ? !aggregate.calls().isEmpty() : keyed)
                && !(aggregate.input() instanceof ExchangeNode)
                && aggregate.input().changelog() == ChangelogMode.APPEND
                && PartialLayout.splits(aggregate.calls());
    }

    private static PlanNode split(AggregateNode aggregate) {
        PlanNode partial = new AggregateNode(
                aggregate.input(),
                aggregate.keys(),
                aggregate.calls(),
                Phase.PARTIAL,
                aggregate.emit(),
                aggregate.ttl(),
                PartialLayout.schema(
                        aggregate.keys(), aggregate.calls(), aggregate.input().schema()));
        return new AggregateNode(
                partial,
                positions(aggregate.keys()),
                aggregate.calls(),
                Phase.FINAL,
                aggregate.emit(),
                aggregate.ttl(),
                aggregate.schema());
    }

    /** The keys are the first columns of partial rows. */
    private static List<Integer> positions(List<Integer> keys) {
        return IntStream.range(0, keys.size()).boxed().toList();
    }
}
