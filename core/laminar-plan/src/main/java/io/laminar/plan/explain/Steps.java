package io.laminar.plan.explain;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.pass.DistinctSplits;
import io.laminar.spi.filter.ColumnCondition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every form of an explanation tells of a node beside its words. */
final class Steps {
    private final Map<PlanNode, Integer> readers = new HashMap<>();
    private final Map<PlanNode, Integer> marks = new HashMap<>();

    private final PipelineSettings settings;

    Steps(StreamPlan plan) {
        settings = plan.settings();
        plan.sinks().forEach(this::count);
        plan.sinks().forEach(this::number);
    }

    private void count(PlanNode node) {
        if (readers.merge(node, 1, Integer::sum) == 1) {
            node.inputs().forEach(this::count);
        }
    }

    /** Numbers follow the order in which a tree names the nodes. */
    private void number(PlanNode node) {
        if (marks.containsKey(node)) {
            return;
        }
        if (readers(node) > 1) {
            marks.put(node, marks.size() + 1);
        }
        node.inputs().forEach(this::number);
    }

    /** How many steps read a node; 1 for a sink, which the outside world reads. */
    int readers(PlanNode node) {
        return readers.getOrDefault(node, 0);
    }

    /** The number by which a node with several readers is referred to; 0 for one reader. */
    int mark(PlanNode node) {
        return marks.getOrDefault(node, 0);
    }

    /** The sets of columns that tell the rows of a node apart. */
    List<List<String>> upsertKeys(PlanNode node) {
        return node.upsertKeys().stream()
                .map(set -> set.columns().stream()
                        .map(column -> node.schema().field(column).name())
                        .toList())
                .toList();
    }

    /** Which changes leave a node, and what they are found by. */
    String changes(PlanNode node) {
        return Modes.text(Modes.text(node.changelog()), upsertKeys(node));
    }

    /** The conditions by which a source leaves out rows. */
    List<String> pushed(PlanNode node) {
        return node instanceof SourceNode source
                ? source.table().filter().conditions().stream()
                        .map(ColumnCondition::toString)
                        .toList()
                : List.of();
    }

    /** Which part of an aggregation in two levels a node is; empty for others. */
    String split(PlanNode node) {
        Phase phase = node instanceof AggregateNode aggregate
                ? aggregate.phase()
                : node instanceof WindowAggregateNode windows ? windows.phase() : Phase.COMPLETE;
        return switch (phase) {
            case PARTIAL -> "local";
            case FINAL -> "global";
            case COMPLETE ->
                DistinctSplits.isByBucket(node)
                        ? "distinct by bucket"
                        : DistinctSplits.isOverBuckets(node) ? "distinct over buckets" : "";
        };
    }

    /** What was asked for and is not done, and why; empty for nothing. */
    String note(PlanNode node) {
        String reason = DistinctSplits.reason(node, settings);
        return reason == null ? "" : "distinct values are not split: " + reason;
    }
}
