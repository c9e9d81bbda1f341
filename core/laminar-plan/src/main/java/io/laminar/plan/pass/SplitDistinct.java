package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Aggregates over different values in two levels, if the pipeline asks for it: a first one per key and bucket of the
 * value, which spreads a hot key over the subtasks, and a second one that adds up the buckets. Equal values share a
 * bucket, so none is counted twice. A node whose input has arrived already is left alone.
 */
public final class SplitDistinct implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        if (!plan.settings().values().bool(PipelineSettings.DISTINCT_SPLIT)) {
            return plan;
        }
        return Rewrite.of(plan, node -> split(node, plan.settings()));
    }

    private static PlanNode split(PlanNode node, PipelineSettings settings) {
        boolean splits = DistinctSplits.isCandidate(node)
                && !(node.inputs().get(0) instanceof ExchangeNode)
                && DistinctSplits.refusal(node, settings) == null;
        if (!splits) {
            return node;
        }
        int value = DistinctSplits.value(node);
        return node instanceof AggregateNode aggregate
                ? split(aggregate, value)
                : split((WindowAggregateNode) node, value);
    }

    private static PlanNode split(AggregateNode node, int value) {
        List<Integer> keys = new ArrayList<>(node.keys());
        keys.add(node.input().schema().size());
        PlanNode buckets = new AggregateNode(
                DistinctBuckets.of(node.input(), value),
                keys,
                node.calls(),
                Phase.COMPLETE,
                node.emit(),
                node.ttl(),
                firstSchema(node.schema(), node.keys().size()));
        PlanNode sums = new AggregateNode(
                buckets,
                first(node.keys().size()),
                BucketCalls.sums(node.calls(), node.keys().size() + 1),
                Phase.COMPLETE,
                node.emit(),
                node.ttl(),
                BucketCalls.sumsSchema(node.schema(), node.keys().size()));
        return node.keys().isEmpty() ? countNothing(sums, node) : sums;
    }

    private static PlanNode split(WindowAggregateNode node, int value) {
        List<Integer> keys = new ArrayList<>(node.keys());
        keys.add(node.input().schema().size());
        Schema first = firstSchema(node.schema(), node.keys().size());
        PlanNode buckets = new WindowAggregateNode(
                DistinctBuckets.of(node.input(), value),
                node.window(),
                node.time(),
                keys,
                node.calls(),
                Phase.COMPLETE,
                node.emit(),
                first);
        return new WindowAggregateNode(
                buckets,
                new WindowSpec.Attached(first.size() - 2, first.size() - 1),
                node.time(),
                first(node.keys().size()),
                BucketCalls.sums(node.calls(), node.keys().size() + 1),
                Phase.COMPLETE,
                node.emit(),
                node.schema());
    }

    /** Over no rows there is no bucket whose counts could be added up. */
    private static PlanNode countNothing(PlanNode sums, AggregateNode node) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < node.calls().size(); i++) {
            Field field = sums.schema().field(i);
            Expression sum = new Expression.Input(i, field.type(), field.nullable());
            boolean counts = node.calls().get(i).function().equals("count");
            columns.add(
                    counts
                            ? new Expression.Call(
                                    Operation.COALESCE,
                                    List.of(sum, new Expression.Literal(0L, Scalar.BIGINT)),
                                    Scalar.BIGINT,
                                    false)
                            : sum);
        }
        return new FilterProjectNode(sums, null, columns, null, node.schema());
    }

    private static Schema firstSchema(Schema result, int keys) {
        List<Field> fields = new ArrayList<>(result.fields());
        fields.add(keys, DistinctBuckets.field(result));
        return new Schema(fields);
    }

    private static List<Integer> first(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
