package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/**
 * Variance and standard deviation by Welford's method; states are merged by the formula of Chan, Golub and LeVeque. Over
 * input that takes rows back, NaN and infinities are only counted, as they cannot be subtracted; with one of them the
 * value is NaN.
 */
final class MomentsAccumulator implements Accumulator {
    private static final double ROUNDING = 1e-12;

    private final int argument;
    private final double unit;
    private final boolean sample;
    private final boolean root;
    private final boolean retracts;
    private long[] counts = new long[0];
    private double[] means = new double[0];
    /** Sums of squared distances from the mean. */
    private double[] squares = new double[0];

    private long[] nonFinite = new long[0];

    /**
     * @param scale of the argument if it is a decimal
     * @param sample whether to divide by one less than the count
     * @param root whether to take the root
     */
    MomentsAccumulator(int argument, int scale, boolean sample, boolean root, boolean retracts) {
        this.argument = argument;
        this.unit = Math.pow(10, scale);
        this.sample = sample;
        this.root = root;
        this.retracts = retracts;
    }

    @Override
    public void reserve(int groups) {
        if (counts.length < groups) {
            int capacity = Capacity.grown(groups);
            counts = Arrays.copyOf(counts, capacity);
            means = Arrays.copyOf(means, capacity);
            squares = Arrays.copyOf(squares, capacity);
            nonFinite = retracts ? Arrays.copyOf(nonFinite, capacity) : nonFinite;
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        double[] values = doubles(batch.column(argument), rows, count);
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            double value = values[i];
            if (retracts && !Double.isFinite(value)) {
                nonFinite[group]++;
                continue;
            }
            long number = ++counts[group];
            double distance = value - means[group];
            means[group] += distance / number;
            squares[group] += distance * (value - means[group]);
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        double[] values = doubles(batch.column(argument), rows, count);
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            double value = values[i];
            if (!Double.isFinite(value)) {
                nonFinite[group]--;
                continue;
            }
            long number = --counts[group];
            if (number == 0) {
                means[group] = 0;
                squares[group] = 0;
            } else {
                double distance = value - means[group];
                means[group] -= distance / number;
                squares[group] = squares(squares[group], -distance * (value - means[group]));
            }
        }
    }

    /**
     * A sum of squares after a change. Where one is taken away that nearly was the whole sum, only rounding is left, and
     * rounding must not look like a variance.
     */
    static double squares(double before, double change) {
        double after = before + change;
        return after <= ROUNDING * before && change < 0 ? 0 : after;
    }

    private double[] doubles(Column column, int[] rows, int count) {
        double[] values = new double[count];
        if (column instanceof DoubleColumn doubles) {
            for (int i = 0; i < count; i++) {
                values[i] = doubles.values()[rows[i]];
            }
        } else if (column instanceof LongColumn longs) {
            for (int i = 0; i < count; i++) {
                values[i] = longs.values()[rows[i]] / unit;
            }
        } else if (column instanceof IntColumn ints) {
            for (int i = 0; i < count; i++) {
                values[i] = ints.values()[rows[i]];
            }
        } else {
            DecimalColumn decimals = (DecimalColumn) column;
            Int128 value = new Int128();
            for (int i = 0; i < count; i++) {
                value.set(decimals.high()[rows[i]], decimals.low()[rows[i]]);
                values[i] = value.toBigInteger().doubleValue() / unit;
            }
        }
        return values;
    }

    @Override
    public Column result(int[] groups, int count) {
        double[] values = new double[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            long special = retracts ? nonFinite[group] : 0;
            long divisor = counts[group] + special - (sample ? 1 : 0);
            if (special > 0 && divisor > 0) {
                values[i] = Double.NaN;
            } else if (divisor <= 0) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            } else {
                double variance = squares[group] / divisor;
                values[i] = root ? Math.sqrt(variance) : variance;
            }
        }
        return new DoubleColumn(values, nulls, count);
    }

    @Override
    public int stateWidth() {
        return retracts ? 4 : 3;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        long[] numbers = new long[count];
        double[] centres = new double[count];
        double[] sums = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = counts[groups[i]];
            centres[i] = means[groups[i]];
            sums[i] = squares[groups[i]];
        }
        Column[] state = new Column[stateWidth()];
        state[0] = new LongColumn(numbers, null, count);
        state[1] = new DoubleColumn(centres, null, count);
        state[2] = new DoubleColumn(sums, null, count);
        if (retracts) {
            long[] specials = new long[count];
            for (int i = 0; i < count; i++) {
                specials[i] = nonFinite[groups[i]];
            }
            state[3] = new LongColumn(specials, null, count);
        }
        return state;
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        long[] numbers = ((LongColumn) state[0]).values();
        double[] centres = ((DoubleColumn) state[1]).values();
        double[] sums = ((DoubleColumn) state[2]).values();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            combine(groups[i], numbers[row], centres[row], sums[row]);
        }
        if (retracts) {
            long[] specials = ((LongColumn) state[3]).values();
            for (int i = 0; i < count; i++) {
                nonFinite[groups[i]] += specials[rows[i]];
            }
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        MomentsAccumulator other = (MomentsAccumulator) source;
        for (int i = 0; i < count; i++) {
            int from = sourceGroups[i];
            combine(groups[i], other.counts[from], other.means[from], other.squares[from]);
            if (retracts) {
                nonFinite[groups[i]] += other.nonFinite[from];
            }
        }
    }

    private void combine(int group, long number, double mean, double square) {
        if (number == 0) {
            return;
        }
        long before = counts[group];
        long total = before + number;
        counts[group] = total;
        if (before == 0 || total == 0) {
            means[group] = total == 0 ? 0 : mean;
            squares[group] = total == 0 ? 0 : square;
            return;
        }
        double distance = mean - means[group];
        means[group] += distance * number / total;
        squares[group] += square + distance * distance * before * number / total;
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            counts[groups[i]] = 0;
            means[groups[i]] = 0;
            squares[groups[i]] = 0;
            if (retracts) {
                nonFinite[groups[i]] = 0;
            }
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(counts, 0, limit, 0);
        Arrays.fill(means, 0, limit, 0);
        Arrays.fill(squares, 0, limit, 0);
        if (retracts) {
            Arrays.fill(nonFinite, 0, limit, 0);
        }
    }

    @Override
    public long bytes() {
        return HeapSize.of(counts) + HeapSize.of(means) + HeapSize.of(squares) + HeapSize.of(nonFinite);
    }
}
