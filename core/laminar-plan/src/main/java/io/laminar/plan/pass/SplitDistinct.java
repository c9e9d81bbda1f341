package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Aggregates over different values in two levels, if the pipeline asks for it: a first one per key and bucket of the
 * value, which spreads a hot key over the subtasks, and a second one that adds up the buckets. Equal values share a
 * bucket, so none is counted twice. {@link DistinctSplits} says what cannot be split; a node whose input has arrived
 * already is left alone as well.
 */
public final class SplitDistinct implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        return plan.settings().values().bool(PipelineSettings.DISTINCT_SPLIT)
                ? Rewrite.of(plan, node -> split(node, plan.settings()))
                : plan;
    }

    private static PlanNode split(PlanNode node, PipelineSettings settings) {
        boolean splits = DistinctSplits.isCandidate(node)
                && !(node.inputs().get(0) instanceof ExchangeNode)
                && DistinctSplits.refusal(node, settings) == null;
        if (!splits) {
            return node;
        }
        return node instanceof AggregateNode aggregate ? split(aggregate) : split((WindowAggregateNode) node);
    }

    private static PlanNode split(AggregateNode node) {
        int keys = node.keys().size();
        List<AggregateCall> parts = BucketCalls.parts(node.calls());
        List<Field> results = BucketCalls.fields(node.calls(), node.schema(), keys);
        DistinctRows rows = DistinctRows.of(node.input(), node.keys(), parts, null);
        PlanNode buckets = new AggregateNode(
                rows.node(),
                rows.keys(),
                rows.calls(),
                Phase.COMPLETE,
                node.emit(),
                node.ttl(),
                new Schema(bucketFields(node.schema(), keys, results)));
        // Without keys the sums are NULL while there is no bucket.
        List<Field> sums = new ArrayList<>(node.schema().fields().subList(0, keys));
        results.forEach(field -> sums.add(keys > 0 ? field : new Field(field.name(), field.type())));
        PlanNode whole = new AggregateNode(
                buckets,
                first(keys),
                BucketCalls.sums(parts, keys + 1),
                Phase.COMPLETE,
                node.emit(),
                node.ttl(),
                new Schema(sums));
        return keys == 0 || parts.size() > node.calls().size()
                ? results(whole, node.calls(), keys, 0, node.schema())
                : whole;
    }

    private static PlanNode split(WindowAggregateNode node) {
        int keys = node.keys().size();
        List<AggregateCall> parts = BucketCalls.parts(node.calls());
        List<Field> results = BucketCalls.fields(node.calls(), node.schema(), keys);
        List<Field> bounds = node.schema()
                .fields()
                .subList(node.schema().size() - 2, node.schema().size());
        DistinctRows rows = DistinctRows.of(node.input(), node.keys(), parts, node.window());
        List<Field> first = bucketFields(node.schema(), keys, results);
        first.addAll(bounds);
        PlanNode buckets = new WindowAggregateNode(
                rows.node(),
                rows.window() == null ? node.window() : rows.window(),
                node.time(),
                rows.keys(),
                rows.calls(),
                Phase.COMPLETE,
                node.emit(),
                new Schema(first));
        List<Field> sums = new ArrayList<>(node.schema().fields().subList(0, keys));
        sums.addAll(results);
        sums.addAll(bounds);
        PlanNode whole = new WindowAggregateNode(
                buckets,
                new WindowSpec.Attached(first.size() - 2, first.size() - 1),
                node.time(),
                first(keys),
                BucketCalls.sums(parts, keys + 1),
                Phase.COMPLETE,
                node.emit(),
                new Schema(sums));
        return parts.size() > node.calls().size()
                ? results(whole, node.calls(), keys, bounds.size(), node.schema())
                : whole;
    }

    /** The columns that the aggregation had: keys, results of calls made of their sums, and what lies behind them. */
    private static PlanNode results(PlanNode sums, List<AggregateCall> calls, int keys, int behind, Schema schema) {
        Schema given = sums.schema();
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            columns.add(BucketCalls.input(given, i));
        }
        columns.addAll(BucketCalls.results(calls, given, keys, keys == 0 && behind == 0));
        for (int i = given.size() - behind; i < given.size(); i++) {
            columns.add(BucketCalls.input(given, i));
        }
        return new FilterProjectNode(sums, null, columns, null, schema);
    }

    private static List<Field> bucketFields(Schema result, int keys, List<Field> results) {
        List<Field> fields = new ArrayList<>(result.fields().subList(0, keys));
        fields.add(DistinctBuckets.field(result));
        fields.addAll(results);
        return fields;
    }

    private static List<Integer> first(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
