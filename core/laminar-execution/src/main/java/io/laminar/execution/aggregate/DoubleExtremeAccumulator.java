package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import java.util.Arrays;

/** {@code min} and {@code max} of floating point numbers over input that only appends; NaN is above all others. */
final class DoubleExtremeAccumulator implements Accumulator {
    private final int argument;
    private final boolean max;
    private double[] extremes = new double[0];
    private boolean[] seen = new boolean[0];

    DoubleExtremeAccumulator(int argument, boolean max) {
        this.argument = argument;
        this.max = max;
    }

    @Override
    public void reserve(int groups) {
        if (extremes.length < groups) {
            int capacity = Capacity.grown(groups);
            extremes = Arrays.copyOf(extremes, capacity);
            seen = Arrays.copyOf(seen, capacity);
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        addAll(((DoubleColumn) batch.column(argument)).values(), rows, groups, count);
    }

    private void addAll(double[] values, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            add(groups[i], values[rows[i]]);
        }
    }

    private void add(int group, double value) {
        if (!seen[group]) {
            seen[group] = true;
            extremes[group] = value;
            return;
        }
        double current = extremes[group];
        // One comparison decides unless NaN takes part.
        boolean better = max ? value > current : value < current;
        if (better || (Double.isNaN(value) || Double.isNaN(current)) && Double.compare(value, current) > 0 == max) {
            extremes[group] = value;
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        throw new UnsupportedOperationException("min and max over changes need all values");
    }

    @Override
    public Column result(int[] groups, int count) {
        boolean[] nulls = null;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = extremes[groups[i]];
            if (!seen[groups[i]]) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return new DoubleColumn(values, nulls, count);
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
        DoubleColumn column = (DoubleColumn) state[0];
        Present present = Present.of(column.nulls(), rows, groups, count);
        addAll(column.values(), present.rows(), present.groups(), present.count());
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        DoubleExtremeAccumulator other = (DoubleExtremeAccumulator) source;
        for (int i = 0; i < count; i++) {
            if (other.seen[sourceGroups[i]]) {
                add(groups[i], other.extremes[sourceGroups[i]]);
            }
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            seen[groups[i]] = false;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(seen, 0, limit, false);
    }

    @Override
    public long bytes() {
        return HeapSize.of(extremes) + HeapSize.of(seen);
    }
}
