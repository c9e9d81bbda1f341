package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which aggregations over different values can go by buckets, why others cannot, and which ones do. */
public final class DistinctSplits {

    private DistinctSplits() {}

    /** Why an aggregation stays whole that the pipeline wants to be split; null for all others. */
    public static @Nullable String reason(PlanNode node, PipelineSettings settings) {
        boolean isAsked = settings.values().bool(PipelineSettings.DISTINCT_SPLIT);
        return isAsked && isCandidate(node) && !isByBucket(node) ? refusal(node, settings) : null;
    }

    /** Whether a node aggregates different values, as a whole. */
    static boolean isCandidate(PlanNode node) {
        return isComplete(node) && calls(node).stream().anyMatch(BucketCalls::isDistinct);
    }

    private static boolean isComplete(PlanNode node) {
        return node instanceof AggregateNode aggregate && aggregate.phase() == Phase.COMPLETE
                || node instanceof WindowAggregateNode windows && windows.phase() == Phase.COMPLETE;
    }

    private static List<AggregateCall> calls(PlanNode node) {
        return node instanceof AggregateNode aggregate
                ? aggregate.calls()
                : node instanceof WindowAggregateNode windows ? windows.calls() : List.of();
    }

    /** What keeps a candidate from being split; null for nothing. */
    static @Nullable String refusal(PlanNode node, PipelineSettings settings) {
        if (node instanceof WindowAggregateNode windows) {
            if (windows.window() instanceof WindowSpec.Session) {
                return "sessions of the buckets of a key are not those of the key";
            }
            if (windows.time() != TimeDomain.EVENT) {
                return "windows of processing time";
            }
            if (!(windows.emit() instanceof Emit.Final)) {
                return "windows that emit before they close";
            }
            if (settings.values().has(PipelineSettings.LATE_ROWS)) {
                return "late rows go to a table as they came";
            }
        }
        Schema input = node.inputs().get(0).schema();
        String call = BucketCalls.refusal(calls(node), input);
        return call != null ? call : values(calls(node), input);
    }

    private static @Nullable String values(List<AggregateCall> calls, Schema input) {
        List<List<Integer>> values = BucketCalls.values(calls);
        return values.stream().anyMatch(value -> DistinctBuckets.spread(value, input))
                ? null
                : "values of type " + input.type(values.get(0).get(0)).sql() + " have no buckets";
    }

    /** Whether a node is the first level: per key and bucket. */
    public static boolean isByBucket(PlanNode node) {
        if (!isCandidate(node)) {
            return false;
        }
        List<Integer> keys =
                node instanceof AggregateNode aggregate ? aggregate.keys() : ((WindowAggregateNode) node).keys();
        return !keys.isEmpty()
                && arriving(node) instanceof FilterProjectNode project
                && DistinctBuckets.isBucket(project, keys.get(keys.size() - 1));
    }

    /** Whether a node is the second level: over the results of the buckets. */
    public static boolean isOverBuckets(PlanNode node) {
        if (!isComplete(node)) {
            return false;
        }
        PlanNode input = arriving(node);
        return isByBucket(input instanceof FilterProjectNode project ? project.input() : input);
    }

    /** The input, before it was sent. */
    private static PlanNode arriving(PlanNode node) {
        PlanNode input = node.inputs().get(0);
        return input instanceof ExchangeNode exchange ? exchange.input() : input;
    }
}
