package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** Bit aggregates over input that takes rows back: the number of values, and for each bit of those that have it set. */
final class BitCountsAccumulator implements Accumulator {
    private static final int WIDTH = 1 + Long.SIZE;

    private final int argument;
    private final BitOperation operation;
    /** By group: the number of values, then one number per bit. */
    private long[] counts = new long[0];

    BitCountsAccumulator(int argument, BitOperation operation) {
        this.argument = argument;
        this.operation = operation;
    }

    @Override
    public void reserve(int groups) {
        if (counts.length < groups * (long) WIDTH) {
            counts = Arrays.copyOf(counts, Capacity.grown(groups * (long) WIDTH));
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        change(batch, rows, groups, count, 1);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        change(batch, rows, groups, count, -1);
    }

    private void change(Batch batch, int[] rows, int[] groups, int count, int sign) {
        long[] values = ((LongColumn) batch.column(argument)).values();
        for (int i = 0; i < count; i++) {
            int from = groups[i] * WIDTH;
            counts[from] += sign;
            for (long bits = values[rows[i]]; bits != 0; bits &= bits - 1) {
                counts[from + 1 + Long.numberOfTrailingZeros(bits)] += sign;
            }
        }
    }

    @Override
    public Column result(int[] groups, int count) {
        long[] values = new long[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            int from = groups[i] * WIDTH;
            long all = counts[from];
            for (int bit = 0; bit < Long.SIZE; bit++) {
                long ones = counts[from + 1 + bit];
                boolean isSet =
                        switch (operation) {
                            case AND -> ones == all;
                            case OR -> ones > 0;
                            case XOR -> (ones & 1) == 1;
                        };
                values[i] |= isSet ? 1L << bit : 0;
            }
            if (all == 0) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return new LongColumn(values, nulls, count);
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    /** A list of the counts. */
    @Override
    public Column[] state(int[] groups, int count) {
        long[] values = new long[count * WIDTH];
        int[] starts = new int[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(counts, groups[i] * WIDTH, values, i * WIDTH, WIDTH);
            starts[i] = i * WIDTH;
            lengths[i] = WIDTH;
        }
        return new Column[] {new ListColumn(new LongColumn(values, null, values.length), starts, lengths, null, count)};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        ListColumn lists = (ListColumn) state[0];
        long[] values = ((LongColumn) lists.elements()).values();
        for (int i = 0; i < count; i++) {
            add(values, lists.starts()[rows[i]], groups[i], 1);
        }
    }

    private void add(long[] source, int from, int group, int sign) {
        for (int c = 0; c < WIDTH; c++) {
            counts[group * WIDTH + c] += sign * source[from + c];
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        long[] others = ((BitCountsAccumulator) source).counts;
        for (int i = 0; i < count; i++) {
            add(others, sourceGroups[i] * WIDTH, groups[i], 1);
        }
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        long[] others = ((BitCountsAccumulator) source).counts;
        for (int i = 0; i < count; i++) {
            add(others, sourceGroups[i] * WIDTH, groups[i], -1);
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            Arrays.fill(counts, groups[i] * WIDTH, (groups[i] + 1) * WIDTH, 0);
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(counts, 0, limit * WIDTH, 0);
    }

    @Override
    public long bytes() {
        return HeapSize.of(counts);
    }
}
