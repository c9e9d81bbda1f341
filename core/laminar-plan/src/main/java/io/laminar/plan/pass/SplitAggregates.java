package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Folds rows where they are before they are exchanged, where every row would otherwise go to one subtask: aggregations
 * without keys.
 */
public final class SplitAggregates implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        // Late rows go to a table as they came, and partial states are no rows.
        boolean keepsLateRows = plan.settings().values().has(PipelineSettings.LATE_ROWS);
        return Rewrite.of(plan, node -> keepsLateRows && node instanceof WindowAggregateNode ? node : split(node));
    }

    private static PlanNode split(PlanNode node) {
        if (node instanceof WindowAggregateNode aggregate) {
            return splits(aggregate) ? split(aggregate) : node;
        } else if (node instanceof AggregateNode aggregate) {
            return splits(aggregate) ? split(aggregate) : node;
        }
        return node;
    }

    private static boolean splits(WindowAggregateNode aggregate) {
        return aggregate.phase() == Phase.COMPLETE
                && aggregate.keys().isEmpty()
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

    private static boolean splits(AggregateNode aggregate) {
        return aggregate.phase() == Phase.COMPLETE
                && aggregate.keys().isEmpty()
                && !aggregate.calls().isEmpty()
                && aggregate.input().changelog() == ChangelogMode.APPEND
                && PartialLayout.splits(aggregate.calls());
    }

    private static PlanNode split(AggregateNode aggregate) {
        PlanNode partial = new AggregateNode(
                aggregate.input(),
                aggregate.keys(),
                aggregate.calls(),
                Phase.PARTIAL,
                new Emit.Final(),
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
