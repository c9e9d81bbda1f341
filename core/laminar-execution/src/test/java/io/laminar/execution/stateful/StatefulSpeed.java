package io.laminar.execution.stateful;

import io.laminar.execution.StatefulOperators;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Events per second of the stateful operators in one thread, and of a loop written by hand for comparison. Run by hand. */
public final class StatefulSpeed {
    private static final int BATCHES = 256;
    private static final long SECOND = 1_000_000;
    private static final Schema SCHEMA = Schema.of(
            new Field("k", Scalar.BIGINT, false),
            new Field("v", Scalar.BIGINT, false),
            new Field("t", Scalar.TEXT, false),
            new Field("k2", Scalar.BIGINT, false));
    private static final AggregateCall COUNT =
            new AggregateCall("count", List.of(), false, null, List.of(), Scalar.BIGINT, false);
    private static final AggregateCall MAX = call("max", false);
    private static final AggregateCall SUM = call("sum", false);

    private static AggregateCall call(String function, boolean distinct) {
        return new AggregateCall(function, List.of(1), distinct, null, List.of(), Scalar.BIGINT, true);
    }

    private static long emitted;

    private StatefulSpeed() {}

    /** Processor time of this thread: the machine may have other work. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    public static void main(String[] arguments) {
        String only = arguments.length > 0 ? arguments[0] : "";
        List<Batch> batches = batches(100_000);
        int rounds = 40;
        if (only.isEmpty() || only.equals("tumble")) {
            report("hand-written loop, count+max by long", () -> loop(batches, rounds));
            report(
                    "tumble 10 s, count+max by long",
                    () -> window(
                            new WindowSpec.Tumble(10 * SECOND, 0), List.of(0), List.of(COUNT, MAX), batches, rounds));
            report(
                    "tumble 10 s, count by long",
                    () -> window(new WindowSpec.Tumble(10 * SECOND, 0), List.of(0), List.of(COUNT), batches, rounds));
        }
        if (only.isEmpty() || only.equals("hop")) {
            hops(batches, rounds);
        }
        if (only.isEmpty() || only.equals("update")) {
            report("updating count+sum by long, flush every 1 s", () -> update(List.of(0), batches, rounds));
            report("updating count+sum by text", () -> update(List.of(2), batches, rounds));
            report("updating count+sum by two longs", () -> update(List.of(0, 3), batches, rounds));
            report(
                    "updating count(distinct v) by long",
                    () -> update(List.of(3), List.of(call("count", true)), batches, rounds / 4));
        }
        if (only.isEmpty() || only.equals("text")) {
            report(
                    "tumble 10 s, count+max by text",
                    () -> window(
                            new WindowSpec.Tumble(10 * SECOND, 0), List.of(2), List.of(COUNT, MAX), batches, rounds));
            report(
                    "tumble 10 s, count+max by two longs",
                    () -> window(
                            new WindowSpec.Tumble(10 * SECOND, 0),
                            List.of(0, 3),
                            List.of(COUNT, MAX),
                            batches,
                            rounds));
            report(
                    "session 1 s, count+max by long",
                    () -> window(new WindowSpec.Session(SECOND), List.of(0), List.of(COUNT, MAX), batches, rounds));
        }
        if (only.equals("memory")) {
            memory();
        }
    }

    private static void hops(List<Batch> batches, int rounds) {
        for (AggregateCall call : List.of(COUNT, MAX)) {
            report(
                    "hop 10 s / 2 s, " + call.function() + " by long",
                    () -> window(
                            new WindowSpec.Hop(2 * SECOND, 10 * SECOND, 0),
                            List.of(0),
                            List.of(call),
                            batches,
                            rounds));
            report(
                    "hop 5 s / 1 s, " + call.function() + " by long",
                    () -> window(
                            new WindowSpec.Hop(SECOND, 5 * SECOND, 0), List.of(0), List.of(call), batches, rounds));
            report(
                    "hop 60 s / 1 s, " + call.function() + " by long",
                    () -> window(
                            new WindowSpec.Hop(SECOND, 60 * SECOND, 0), List.of(0), List.of(call), batches, rounds));
            report(
                    "hop 60 s / 12 s, " + call.function() + " by long",
                    () -> window(
                            new WindowSpec.Hop(12 * SECOND, 60 * SECOND, 0),
                            List.of(0),
                            List.of(call),
                            batches,
                            rounds));
        }
    }

    /** A million events make a second of event time. */
    private static List<Batch> batches(int keyCount) {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        int size = Batch.TARGET_ROWS;
        for (int b = 0; b < BATCHES; b++) {
            long[] keys = new long[size];
            long[] values = new long[size];
            long[] second = new long[size];
            BytesBuilder texts = new BytesBuilder(size);
            for (int i = 0; i < size; i++) {
                keys[i] = random.nextInt(keyCount);
                values[i] = random.nextInt(1 << 20);
                second[i] = keys[i] % 10;
                byte[] text = ("customer-" + keys[i]).getBytes(StandardCharsets.UTF_8);
                texts.append(text, 0, text.length);
            }
            Column[] columns = {
                new LongColumn(keys, null, size),
                new LongColumn(values, null, size),
                texts.build(),
                new LongColumn(second, null, size)
            };
            batches.add(new Batch(size, columns, new long[size], null));
        }
        return batches;
    }

    private static void report(String what, Supplier<Double> run) {
        double[] results = new double[3];
        for (int i = 0; i < results.length; i++) {
            results[i] = run.get();
        }
        Arrays.sort(results);
        System.out.printf("%-48s %6.1f M/s (median; best %.1f)%n", what, results[1] / 1e6, results[2] / 1e6);
    }

    private static double window(
            WindowSpec spec, List<Integer> keys, List<AggregateCall> calls, List<Batch> batches, int rounds) {
        List<Field> fields = new ArrayList<>(SCHEMA.select(keys).fields());
        calls.forEach(call -> fields.add(new Field("c", call.type())));
        fields.add(new Field("start", Scalar.TIMESTAMP));
        fields.add(new Field("end", Scalar.TIMESTAMP));
        Operator operator = StatefulOperators.of(new WindowAggregateNode(
                new InputStub(SCHEMA, ChangelogMode.APPEND),
                spec,
                TimeDomain.EVENT,
                keys,
                calls,
                Phase.COMPLETE,
                new Emit.Final(),
                new Schema(fields)));
        return run(operator, batches, rounds);
    }

    private static double update(List<Integer> keys, List<Batch> batches, int rounds) {
        return update(keys, List.of(COUNT, SUM), batches, rounds);
    }

    private static Operator updating(List<Integer> keys, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>(SCHEMA.select(keys).fields());
        calls.forEach(call -> fields.add(new Field("c", call.type())));
        return StatefulOperators.of(new AggregateNode(
                new InputStub(SCHEMA, ChangelogMode.APPEND),
                keys,
                calls,
                Phase.COMPLETE,
                new Emit.Changes(SECOND),
                86_400 * SECOND,
                new Schema(fields)));
    }

    private static double update(List<Integer> keys, List<AggregateCall> calls, List<Batch> batches, int rounds) {
        return run(updating(keys, calls), batches, rounds);
    }

    private static double run(Operator operator, List<Batch> batches, int rounds) {
        TestContext context = new TestContext(0, 1, 0);
        operator.open(context);
        long time = 0;
        long start = cpuTime();
        for (int round = 0; round < rounds; round++) {
            for (Batch batch : batches) {
                long[] times = new long[batch.size()];
                for (int i = 0; i < times.length; i++) {
                    times[i] = time + i;
                }
                time += times.length;
                operator.process(0, batch.withRowtime(times), out -> emitted += out.size());
                context.now = time;
                if ((time & 0xFFFF) == 0) {
                    operator.watermark(time - SECOND / 10, out -> emitted += out.size());
                }
                if (!context.wakeUps.isEmpty() && context.wakeUps.first() <= time) {
                    operator.tick(context.wakeUps.pollFirst(), out -> emitted += out.size());
                }
            }
        }
        return (double) rounds * batches.size() * Batch.TARGET_ROWS * 1e9 / (cpuTime() - start);
    }

    /** The same as the tumbling window: open addressing over the same arrays, emptied every ten seconds. */
    private static double loop(List<Batch> batches, int rounds) {
        int mask = (1 << 18) - 1;
        long[] keys = new long[mask + 1];
        boolean[] used = new boolean[mask + 1];
        long[] counts = new long[mask + 1];
        long[] maxima = new long[mask + 1];
        long time = 0;
        long start = cpuTime();
        for (int round = 0; round < rounds; round++) {
            for (Batch batch : batches) {
                long[] k = ((LongColumn) batch.column(0)).values();
                long[] v = ((LongColumn) batch.column(1)).values();
                for (int i = 0; i < k.length; i++) {
                    long key = k[i];
                    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & mask;
                    while (used[slot] && keys[slot] != key) {
                        slot = (slot + 1) & mask;
                    }
                    if (!used[slot]) {
                        used[slot] = true;
                        keys[slot] = key;
                        counts[slot] = 0;
                        maxima[slot] = Long.MIN_VALUE;
                    }
                    counts[slot]++;
                    maxima[slot] = Math.max(maxima[slot], v[i]);
                }
                long before = time;
                time += k.length;
                if (before / (10 * SECOND) != time / (10 * SECOND)) {
                    for (int slot = 0; slot <= mask; slot++) {
                        emitted += used[slot] ? counts[slot] & 1 : 0;
                        used[slot] = false;
                    }
                }
            }
        }
        return (double) rounds * batches.size() * Batch.TARGET_ROWS * 1e9 / (cpuTime() - start);
    }

    /** Bytes per key of {@code GROUP BY k} with count and sum over ten million keys. */
    private static void memory() {
        Operator operator = updating(List.of(0), List.of(COUNT, SUM));
        TestContext context = new TestContext(0, 1, 0);
        operator.open(context);
        int size = Batch.TARGET_ROWS;
        int total = 10_000_000;
        long before = used();
        for (long from = 0; from < total; from += size) {
            long[] keys = new long[size];
            long[] values = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = from + i;
                values[i] = i;
            }
            Column[] columns = {
                new LongColumn(keys, null, size),
                new LongColumn(values, null, size),
                new LongColumn(values, null, size),
                new LongColumn(values, null, size)
            };
            operator.process(0, new Batch(size, columns, new long[size], null), out -> emitted += out.size());
            context.now += SECOND;
            operator.tick(context.now, out -> emitted += out.size());
            context.wakeUps.clear();
        }
        System.out.printf("%.1f bytes per key (%d emitted)%n", (used() - before) / (double) total, emitted);
        operator.close();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
