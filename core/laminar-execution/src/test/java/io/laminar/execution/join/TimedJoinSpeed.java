package io.laminar.execution.join;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.AsofMatch;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.TemporalJoinNode;
import io.laminar.plan.node.WindowJoinNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Rows per second through joins bounded by time, in one thread, by processor time. Run by hand: {@code main}. Both inputs
 * have a million rows per second of event time together, with keys drawn evenly; windows and spans are one second.
 */
public final class TimedJoinSpeed {
    private static final int BATCH = 4096;
    private static final int BATCHES = 1000;
    private static final long SECOND = 1_000_000;

    private TimedJoinSpeed() {}

    private record Fed(int input, Batch batch, long watermark) {}

    public static void main(String[] args) {
        for (int keys : new int[] {1_000_000, 100_000}) {
            List<Fed> rows = rows(keys);
            measure("window, inner, " + keys + " keys", rows, parts -> {
                WindowSpec.Attached window = new WindowSpec.Attached(2, 3);
                return new WindowJoinOperator(new WindowJoinNode(parts.apply(JoinType.INNER), window, window));
            });
            measure(
                    "interval, inner, " + keys + " keys",
                    rows,
                    parts -> new IntervalJoinOperator(new IntervalJoinNode(parts.apply(JoinType.INNER), 0, SECOND)));
            measure(
                    "interval, left, " + keys + " keys",
                    rows,
                    parts -> new IntervalJoinOperator(new IntervalJoinNode(parts.apply(JoinType.LEFT), 0, SECOND)));
            measure(
                    "temporal, " + keys + " keys",
                    rows,
                    parts -> new TemporalJoinOperator(new TemporalJoinNode(parts.apply(JoinType.INNER))));
            measure(
                    "asof >=, " + keys + " keys",
                    rows,
                    parts -> new AsofJoinOperator(
                            new AsofJoinNode(parts.apply(JoinType.INNER), AsofMatch.AT_OR_BEFORE, 0)));
            measure(
                    "asof <=, " + keys + " keys",
                    rows,
                    parts -> new AsofJoinOperator(
                            new AsofJoinNode(parts.apply(JoinType.INNER), AsofMatch.AT_OR_AFTER, 0)));
        }
    }

    private static List<Fed> rows(int keys) {
        Random random = new Random(1);
        List<Fed> fed = new ArrayList<>();
        long time = 0;
        for (int b = 0; b < BATCHES; b++) {
            long[] key = new long[BATCH];
            long[] value = new long[BATCH];
            long[] start = new long[BATCH];
            long[] end = new long[BATCH];
            long[] times = new long[BATCH];
            for (int i = 0; i < BATCH; i++) {
                times[i] = time + random.nextInt(BATCH);
                key[i] = random.nextInt(keys);
                value[i] = i;
                start[i] = times[i] / SECOND * SECOND;
                end[i] = start[i] + SECOND;
            }
            Column[] columns = {column(key), column(value), column(start), column(end)};
            fed.add(new Fed(b & 1, new Batch(BATCH, columns, times, null), time - 2 * BATCH));
            time += BATCH;
        }
        return fed;
    }

    private static LongColumn column(long[] values) {
        return new LongColumn(values, null, values.length);
    }

    private static JoinParts parts(JoinType type) {
        Schema schema = Schema.of(
                new Field("k", Scalar.BIGINT),
                new Field("v", Scalar.BIGINT),
                new Field("start", Scalar.TIMESTAMP, false),
                new Field("end", Scalar.TIMESTAMP, false));
        InputStub input = new InputStub(schema, ChangelogMode.APPEND);
        Schema output =
                Schema.of(new Field("k", Scalar.BIGINT), new Field("v", Scalar.BIGINT), new Field("w", Scalar.BIGINT));
        return new JoinParts(input, input, type, List.of(new JoinKey(0, 0, false)), null, List.of(0, 1, 5), output);
    }

    private static void measure(String name, List<Fed> rows, Function<Function<JoinType, JoinParts>, Operator> join) {
        double best = 0;
        long pairs = 0;
        for (int round = 0; round < 4; round++) {
            long[] out = {0};
            Operator operator = join.apply(TimedJoinSpeed::parts);
            OperatorContext context = TimedJoinHarness.context();
            operator.open(context);
            long before = processorTime();
            for (Fed fed : rows) {
                operator.process(fed.input(), fed.batch(), batch -> out[0] += batch.size());
                operator.watermark(fed.watermark(), batch -> out[0] += batch.size());
            }
            operator.finish(batch -> out[0] += batch.size());
            double seconds = (processorTime() - before) / 1e9;
            best = Math.max(best, (double) BATCH * BATCHES / seconds / 1e6);
            pairs = out[0];
        }
        System.out.printf("%-32s %6.1f M rows/s, %,d rows out%n", name, best, pairs);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
