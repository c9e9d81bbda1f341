package io.laminar.benchmark.state;

import io.laminar.benchmark.roofline.StandaloneContext;
import io.laminar.execution.Operators;
import io.laminar.execution.operator.Output;
import io.laminar.execution.spill.SpillSettings;
import io.laminar.execution.spill.SpillingOperator;
import io.laminar.execution.spill.StateMemory;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Locale;

/**
 * {@code GROUP BY k} with count and sum of BIGINT, one operator: with state four times the memory it may take beside the
 * same in memory, and over 50 million keys.
 */
public final class SpillCost {
    public static final String NAME = "spill";

    private static final int KEYS = 8_000_000;
    private static final int ROWS_PER_KEY = 8;
    private static final int TIMES_THE_MEMORY = 4;
    private static final int MANY_KEYS = 50_000_000;
    private static final long MANY_KEYS_MEMORY = 512L << 20;

    /** Rows after which the heap in use is looked at. */
    private static final int LOOK_EVERY = 5_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Context context = new Context();
    private final SpillingOperator operator;
    private long changes;
    private final Output out = batch -> changes += batch.size();
    private long mostState;
    private long mostDisk;
    private long mostHeap;

    private SpillCost(long memory) {
        operator = SpillingOperator.of(
                BytesPerKey.NODE,
                () -> Operators.builtin().create(BytesPerKey.NODE),
                new StateMemory(memory),
                SpillSettings.DEFAULT);
        operator.open(context);
    }

    /** The time of the machine, and when the operator wants to be woken. */
    private static final class Context extends StandaloneContext {
        private final long start = System.nanoTime();
        private long wake = Long.MAX_VALUE;

        @Override
        public long now() {
            return (System.nanoTime() - start) / 1000;
        }

        @Override
        public void wakeAt(long time) {
            wake = Math.min(wake, time);
        }

        boolean isDue() {
            if (wake > now()) {
                return false;
            }
            wake = Long.MAX_VALUE;
            return true;
        }
    }

    /**
     * @param inMemory rows per second with all state in memory
     * @param spilled rows per second with a quarter of it
     * @param stateBytes of all state in memory
     * @param spilledState the most that was in memory with a quarter
     * @param manySeconds for 50 million keys
     * @param manyState heap of their state at most
     * @param manyDisk bytes on disk at most
     * @param manyHeap heap in use at most, after a collection
     */
    public record Result(
            double inMemory,
            double spilled,
            long stateBytes,
            long spilledState,
            double manySeconds,
            long manyState,
            long manyDisk,
            long manyHeap) {

        public double ratio() {
            return spilled / inMemory;
        }

        /** As sentences of the results page. */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "`GROUP BY k`, %,d keys in no order, %,d MB of state: %,.0f rows per second in memory, %,.0f with"
                            + " a quarter of that memory (ratio **%.2f**; at most %,d MB were in memory). %,d distinct"
                            + " keys with %,d MB for state: **%.0f** s, at most %,d MB of state in memory, %,d MB on"
                            + " disk, %,d MB of heap in use.",
                    KEYS,
                    stateBytes >> 20,
                    inMemory,
                    spilled,
                    ratio(),
                    spilledState >> 20,
                    MANY_KEYS,
                    MANY_KEYS_MEMORY >> 20,
                    manySeconds,
                    manyState >> 20,
                    manyDisk >> 20,
                    manyHeap >> 20);
        }
    }

    public static Result measure() {
        new SpillCost(Long.MAX_VALUE).run(KEYS / 8, ROWS_PER_KEY);
        SpillCost inMemory = new SpillCost(Long.MAX_VALUE);
        double rows = (double) KEYS * ROWS_PER_KEY;
        double fast = rows / inMemory.run(KEYS, ROWS_PER_KEY);
        SpillCost spilled = new SpillCost(inMemory.mostState / TIMES_THE_MEMORY);
        double slow = rows / spilled.run(KEYS, ROWS_PER_KEY);
        SpillCost many = new SpillCost(MANY_KEYS_MEMORY);
        double seconds = many.run(MANY_KEYS, 1);
        return new Result(
                fast,
                slow,
                inMemory.mostState,
                spilled.mostState,
                seconds,
                many.mostState,
                many.mostDisk,
                many.mostHeap);
    }

    /** Seconds until all changes have been emitted. */
    private double run(int keys, int rowsPerKey) {
        long before = System.nanoTime();
        long looking = 0;
        long rows = (long) keys * rowsPerKey;
        long look = LOOK_EVERY;
        for (long from = 0; from < rows; from += Batch.TARGET_ROWS) {
            operator.process(0, batch(from, (int) Math.min(Batch.TARGET_ROWS, rows - from), keys), out);
            if (context.isDue()) {
                operator.tick(context.now(), out);
            }
            mostState = Math.max(mostState, operator.stateBytes());
            mostDisk = Math.max(mostDisk, operator.spilledBytes());
            if (rowsPerKey == 1 && from > look) {
                long begin = System.nanoTime();
                mostHeap = Math.max(mostHeap, BytesPerKey.used());
                looking += System.nanoTime() - begin;
                look += LOOK_EVERY;
            }
        }
        operator.watermark(Long.MAX_VALUE, out);
        operator.finish(out);
        operator.close();
        if (changes < keys) {
            throw new IllegalStateException(changes + " changes of " + keys + " keys");
        }
        return (System.nanoTime() - before - looking) / NANOS_PER_SECOND;
    }

    /** Every key once, in no order, then all of them again in another one. */
    private static Batch batch(long from, int count, int keys) {
        long[] ids = new long[count];
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            long row = from + i;
            ids[i] = (row % keys * BytesPerKey.STEP + row / keys) % keys;
            values[i] = row;
        }
        Column[] columns = {new LongColumn(ids, null, count), new LongColumn(values, null, count)};
        return new Batch(count, columns, new long[count], null);
    }
}
