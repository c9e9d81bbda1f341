package io.laminar.flink.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.flink.testing.NumbersConnector;
import io.laminar.flink.testing.Script;
import io.laminar.flink.testing.TestOperators;
import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestInfo;

/** Small plans over a table of numbers, and what comes of them. */
final class JobPlans {
    private JobPlans() {}

    static PlanNode source(TestInfo info) {
        return source(info.getDisplayName());
    }

    static PlanNode source(String table) {
        return new SourceNode(
                NumbersConnector.table(table, NumbersConnector.SCHEMA),
                new WatermarkSpec(new Expression.Input(2, Scalar.TIMESTAMP, false), null, 0, 0),
                true,
                ChangelogMode.APPEND);
    }

    static PlanNode filter(PlanNode input) {
        return new FilterProjectNode(input, null, List.of(), null, input.schema());
    }

    static PlanNode counted(PlanNode input) {
        return new AggregateNode(
                new ExchangeNode(input, new Distribution.Keyed(List.of(0))),
                List.of(0),
                List.of(),
                Phase.COMPLETE,
                new Emit.Final(),
                0,
                TestOperators.COUNTS);
    }

    /** The same by the real operator, whose state is stored row by row. */
    static PlanNode grouped(PlanNode input) {
        return new AggregateNode(
                new ExchangeNode(input, new Distribution.Keyed(List.of(0))),
                List.of(0),
                List.of(
                        new AggregateCall("count", List.of(), false, null, List.of(), Scalar.BIGINT, false),
                        new AggregateCall("sum", List.of(1), false, null, List.of(), Scalar.BIGINT, true)),
                Phase.COMPLETE,
                new Emit.Final(),
                0,
                TestOperators.COUNTS);
    }

    static StreamPlan plan(PlanNode node, TestInfo info) {
        return plan(node, info.getDisplayName());
    }

    static StreamPlan plan(PlanNode node, String sink) {
        return new StreamPlan(
                List.of(new SinkNode(node, NumbersConnector.table(sink, node.schema()))), PipelineSettings.DEFAULTS);
    }

    static JobRequest request(StreamPlan plan, int parallelism, Path state) {
        return request(plan, parallelism, state, Duration.ofMillis(50));
    }

    static JobRequest request(StreamPlan plan, int parallelism, Path state, Duration interval) {
        return new JobRequest(
                "test",
                plan,
                new JobSettings(parallelism, JobSettings.DEFAULT_MAX_PARALLELISM, true, 1),
                TestOperators::create,
                interval,
                state == null ? null : state.toString(),
                null,
                false,
                0);
    }

    static Map<Long, List<Long>> counts(long rows, int splits) {
        Map<Long, List<Long>> counts = new TreeMap<>();
        for (long key = 0; key < 10; key++) {
            long first = key;
            long sum = LongStream.range(0, rows).filter(v -> v % 10 == first).sum();
            counts.put(key, List.of(rows / 10 * splits, sum * splits));
        }
        return counts;
    }

    static Map<Long, List<Long>> counts(Script script) {
        return counts(script.written());
    }

    static Map<Long, List<Long>> counts(List<Batch> written) {
        Map<Long, List<Long>> counts = new TreeMap<>();
        for (Batch batch : written) {
            for (int row = 0; row < batch.size(); row++) {
                List<Long> before = counts.put(
                        ((LongColumn) batch.column(0)).value(row),
                        List.of(((LongColumn) batch.column(1)).value(row), ((LongColumn) batch.column(2)).value(row)));
                assertEquals(null, before, "a key came twice");
            }
        }
        return counts;
    }

    /** Count and sum of each key, when all rows of the script have been read by one split. */
    static void assertCounts(Script script, int keys) {
        Map<Long, List<Long>> expected = new TreeMap<>();
        for (long position = 0; position < script.rows; position++) {
            List<Long> before = expected.getOrDefault(position % keys, List.of(0L, 0L));
            expected.put(position % keys, List.of(before.get(0) + 1, before.get(1) + position));
        }
        assertEquals(expected, counts(script));
    }

    static List<Long> values(List<Batch> batches, int column) {
        List<Long> values = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.size(); row++) {
                values.add(((LongColumn) batch.column(column)).value(row));
            }
        }
        return values;
    }
}
