package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums and averages of floating point numbers. Where rows can be taken back, NaN and infinities are counted apart, as
 * they cannot be subtracted.
 */
final class DoubleSumAccumulator implements Accumulator {
    private static final int KINDS = 3;

    private final int argument;
    private final boolean average;
    private final DataType type;
    private final boolean retracts;
    private double[] sums = new double[0];
    private long[] counts = new long[0];
    /** Per group the number of NaN, positive and negative infinities; exists once there is one and rows can go. */
    private long @Nullable [] special;

    DoubleSumAccumulator(int argument, boolean average, DataType type, boolean retracts) {
        this.argument = argument;
        this.average = average;
        this.type = type;
        this.retracts = retracts;
    }

    @Override
    public void reserve(int groups) {
        if (sums.length < groups) {
            int capacity = Capacity.grown(groups);
            sums = Arrays.copyOf(sums, capacity);
            counts = Arrays.copyOf(counts, capacity);
            if (special != null) {
                special = Arrays.copyOf(special, capacity * KINDS);
            }
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        double[] values = ((DoubleColumn) batch.column(argument)).values();
        if (retracts) {
            for (int i = 0; i < count; i++) {
                change(groups[i], values[rows[i]], 1);
            }
            return;
        }
        double[] all = sums;
        long[] numbers = counts;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            all[group] += values[rows[i]];
            numbers[group]++;
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        double[] values = ((DoubleColumn) batch.column(argument)).values();
        for (int i = 0; i < count; i++) {
            change(groups[i], values[rows[i]], -1);
        }
    }

    private void change(int group, double value, int sign) {
        counts[group] += sign;
        if (Double.isFinite(value)) {
            // No rows leave no rounding error behind.
            sums[group] = counts[group] == 0 ? 0 : sums[group] + sign * value;
            return;
        }
        long[] numbers = special;
        if (numbers == null) {
            numbers = new long[sums.length * KINDS];
            special = numbers;
        }
        int kind = Double.isNaN(value) ? 0 : value > 0 ? 1 : 2;
        numbers[group * KINDS + kind] += sign;
    }

    private void add(int group, double value) {
        if (retracts) {
            change(group, value, 1);
        } else {
            sums[group] += value;
            counts[group]++;
        }
    }

    private double sum(int group) {
        long[] numbers = special;
        if (numbers == null) {
            return sums[group];
        }
        double sum = sums[group];
        if (numbers[group * KINDS] > 0) {
            sum = Double.NaN;
        }
        if (numbers[group * KINDS + 1] > 0) {
            sum += Double.POSITIVE_INFINITY;
        }
        if (numbers[group * KINDS + 2] > 0) {
            sum += Double.NEGATIVE_INFINITY;
        }
        return sum;
    }

    @Override
    public Column result(int[] groups, int count) {
        double[] values = new double[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (counts[group] == 0) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            } else {
                double value = average ? sum(group) / counts[group] : sum(group);
                values[i] = type == Scalar.FLOAT ? (float) value : value;
            }
        }
        return new DoubleColumn(values, nulls, count);
    }

    @Override
    public Column slide(Slide slide, boolean @Nullable [] entered, boolean @Nullable [] left) {
        double[] coming = ((DoubleColumn) slide.entered().column(argument)).values();
        double[] going = ((DoubleColumn) slide.left().column(argument)).values();
        double[] values = new double[slide.count()];
        boolean[] nulls = null;
        int in = 0;
        int out = 0;
        for (int i = 0; i < values.length; i++) {
            int group = slide.groups()[i];
            for (; out < slide.leftEnds()[i]; out++) {
                if (left == null || left[out]) {
                    change(group, going[out], -1);
                }
            }
            for (; in < slide.enteredEnds()[i]; in++) {
                if (entered == null || entered[in]) {
                    add(group, coming[in]);
                }
            }
            if (counts[group] == 0) {
                nulls = nulls == null ? new boolean[values.length] : nulls;
                nulls[i] = true;
            } else {
                double value = average ? sum(group) / counts[group] : sum(group);
                values[i] = type == Scalar.FLOAT ? (float) value : value;
            }
        }
        return new DoubleColumn(values, nulls, values.length);
    }

    @Override
    public int stateWidth() {
        return retracts ? 2 + KINDS : 2;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        Column[] state = new Column[stateWidth()];
        double[] values = new double[count];
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = sums[groups[i]];
            numbers[i] = counts[groups[i]];
        }
        state[0] = new DoubleColumn(values, null, count);
        state[1] = new LongColumn(numbers, null, count);
        for (int kind = 0; kind < state.length - 2; kind++) {
            long[] specials = new long[count];
            for (int i = 0; special != null && i < count; i++) {
                specials[i] = special[groups[i] * KINDS + kind];
            }
            state[2 + kind] = new LongColumn(specials, null, count);
        }
        return state;
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        double[] values = ((DoubleColumn) state[0]).values();
        long[] numbers = ((LongColumn) state[1]).values();
        for (int i = 0; i < count; i++) {
            sums[groups[i]] += values[rows[i]];
            counts[groups[i]] += numbers[rows[i]];
        }
        for (int kind = 0; kind < stateWidth() - 2; kind++) {
            mergeSpecial(kind, ((LongColumn) state[2 + kind]).values(), rows, groups, count);
        }
    }

    private void mergeSpecial(int kind, long[] values, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long value = values[rows[i]];
            if (value != 0) {
                if (special == null) {
                    special = new long[sums.length * KINDS];
                }
                special[groups[i] * KINDS + kind] += value;
            }
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            sums[groups[i]] = 0;
            counts[groups[i]] = 0;
            if (special != null) {
                Arrays.fill(special, groups[i] * KINDS, groups[i] * KINDS + KINDS, 0);
            }
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(sums, 0, limit, 0);
        Arrays.fill(counts, 0, limit, 0);
        special = null;
    }

    @Override
    public long bytes() {
        return HeapSize.of(sums) + HeapSize.of(counts) + HeapSize.of(special);
    }
}
