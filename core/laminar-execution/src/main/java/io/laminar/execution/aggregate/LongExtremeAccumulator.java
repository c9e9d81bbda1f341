package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Physical;
import java.util.Arrays;

/** {@code min} and {@code max} of integers, short decimals and times, over input that only appends. */
final class LongExtremeAccumulator implements Accumulator {
    private final int argument;
    private final boolean max;
    private final DataType type;
    private final long neutral;
    private long[] extremes = new long[0];
    /** Whether the neutral value itself came: without it, that value means that nothing came. */
    private boolean[] sawNeutral = new boolean[0];

    LongExtremeAccumulator(int argument, boolean max, DataType type) {
        this.argument = argument;
        this.max = max;
        this.type = type;
        this.neutral = max ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    @Override
    public void reserve(int groups) {
        int before = extremes.length;
        if (before < groups) {
            int capacity = Capacity.grown(groups);
            extremes = Arrays.copyOf(extremes, capacity);
            Arrays.fill(extremes, before, capacity, neutral);
            sawNeutral = Arrays.copyOf(sawNeutral, capacity);
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        addColumn(batch.column(argument), rows, groups, count);
    }

    private void addColumn(Column column, int[] rows, int[] groups, int count) {
        if (column instanceof LongColumn longs) {
            if (max) {
                addMax(longs.values(), rows, groups, count);
            } else {
                addMin(longs.values(), rows, groups, count);
            }
            return;
        }
        int[] values = ((IntColumn) column).values();
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            long value = values[rows[i]];
            extremes[group] = max ? Math.max(extremes[group], value) : Math.min(extremes[group], value);
        }
    }

    private void addMax(long[] values, int[] rows, int[] groups, int count) {
        long[] all = extremes;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            long value = values[rows[i]];
            if (value > all[group]) {
                all[group] = value;
            } else if (value == Long.MIN_VALUE) {
                sawNeutral[group] = true;
            }
        }
    }

    private void addMin(long[] values, int[] rows, int[] groups, int count) {
        long[] all = extremes;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            long value = values[rows[i]];
            if (value < all[group]) {
                all[group] = value;
            } else if (value == Long.MAX_VALUE) {
                sawNeutral[group] = true;
            }
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        throw new UnsupportedOperationException("min and max over changes need all values");
    }

    @Override
    public Column result(int[] groups, int count) {
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            if (extremes[groups[i]] == neutral && !sawNeutral[groups[i]]) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        if (type.physical() == Physical.INT) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = (int) extremes[groups[i]];
            }
            return new IntColumn(values, nulls, count);
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = extremes[groups[i]];
        }
        return new LongColumn(values, nulls, count);
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        return new Column[] {result(groups, count)};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        Column column = state[0];
        if (column.nulls() == null) {
            addColumn(column, rows, groups, count);
            return;
        }
        Present present = Present.of(column.nulls(), rows, groups, count);
        addColumn(column, present.rows(), present.groups(), present.count());
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        LongExtremeAccumulator other = (LongExtremeAccumulator) source;
        // A group that has seen nothing holds the neutral value.
        if (max) {
            for (int i = 0; i < count; i++) {
                extremes[groups[i]] = Math.max(extremes[groups[i]], other.extremes[sourceGroups[i]]);
                sawNeutral[groups[i]] |= other.sawNeutral[sourceGroups[i]];
            }
        } else {
            for (int i = 0; i < count; i++) {
                extremes[groups[i]] = Math.min(extremes[groups[i]], other.extremes[sourceGroups[i]]);
                sawNeutral[groups[i]] |= other.sawNeutral[sourceGroups[i]];
            }
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            extremes[groups[i]] = neutral;
            sawNeutral[groups[i]] = false;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(extremes, 0, limit, neutral);
        Arrays.fill(sawNeutral, 0, limit, false);
    }

    @Override
    public long bytes() {
        return HeapSize.of(extremes) + HeapSize.of(sawNeutral);
    }
}
