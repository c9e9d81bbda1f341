package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/**
 * Covariance, correlation and linear regression: the means of pairs and the sums of products of their distances from
 * them, by Welford's method; states are merged by the formula of Chan, Golub and LeVeque. Over input that takes rows
 * back, pairs with NaN or infinity are only counted, as they cannot be subtracted; with one of them the value is NaN.
 */
final class PairMomentsAccumulator implements Accumulator {
    private static final int MEAN_Y = 0;
    private static final int MEAN_X = 1;
    private static final int YY = 2;
    private static final int XX = 3;
    private static final int XY = 4;
    private static final int MOMENTS = 5;

    private final PairStatistic statistic;
    private final int y;
    private final int x;
    private final boolean retracts;
    private long[] counts = new long[0];
    private final double[][] moments = new double[MOMENTS][0];
    private long[] nonFinite = new long[0];

    /**
     * @param y input column of the first argument
     * @param x input column of the second
     */
    PairMomentsAccumulator(PairStatistic statistic, int y, int x, boolean retracts) {
        this.statistic = statistic;
        this.y = y;
        this.x = x;
        this.retracts = retracts;
    }

    @Override
    public void reserve(int groups) {
        if (counts.length < groups) {
            int capacity = Capacity.grown(groups);
            counts = Arrays.copyOf(counts, capacity);
            for (int m = 0; m < MOMENTS; m++) {
                moments[m] = Arrays.copyOf(moments[m], capacity);
            }
            nonFinite = retracts ? Arrays.copyOf(nonFinite, capacity) : nonFinite;
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
        double[] ys = ((DoubleColumn) batch.column(y)).values();
        double[] xs = ((DoubleColumn) batch.column(x)).values();
        for (int i = 0; i < count; i++) {
            double thisY = ys[rows[i]];
            double thisX = xs[rows[i]];
            if (retracts && !(Double.isFinite(thisY) && Double.isFinite(thisX))) {
                nonFinite[groups[i]] += sign;
            } else {
                change(groups[i], thisY, thisX, sign);
            }
        }
    }

    private void change(int group, double thisY, double thisX, int sign) {
        counts[group] += sign;
        long number = counts[group];
        if (number == 0) {
            clearMoments(group);
            return;
        }
        double fromY = thisY - moments[MEAN_Y][group];
        double fromX = thisX - moments[MEAN_X][group];
        moments[MEAN_Y][group] += sign * fromY / number;
        moments[MEAN_X][group] += sign * fromX / number;
        double toY = thisY - moments[MEAN_Y][group];
        double toX = thisX - moments[MEAN_X][group];
        moments[YY][group] = MomentsAccumulator.squares(moments[YY][group], sign * fromY * toY);
        moments[XX][group] = MomentsAccumulator.squares(moments[XX][group], sign * fromX * toX);
        moments[XY][group] += sign * fromX * toY;
    }

    private void clearMoments(int group) {
        for (double[] moment : moments) {
            moment[group] = 0;
        }
    }

    @Override
    public Column result(int[] groups, int count) {
        if (statistic == PairStatistic.REGR_COUNT) {
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = counts[groups[i]] + (retracts ? nonFinite[groups[i]] : 0);
            }
            return new LongColumn(numbers, null, count);
        }
        double[] values = new double[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            double yy = moments[YY][group];
            double xx = moments[XX][group];
            if (retracts && nonFinite[group] > 0) {
                values[i] = Double.NaN;
            } else if (statistic.isDefined(counts[group], yy, xx)) {
                values[i] = statistic.value(
                        counts[group], moments[MEAN_Y][group], moments[MEAN_X][group], yy, xx, moments[XY][group]);
            } else {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return new DoubleColumn(values, nulls, count);
    }

    @Override
    public int stateWidth() {
        return 1 + MOMENTS + (retracts ? 1 : 0);
    }

    @Override
    public Column[] state(int[] groups, int count) {
        Column[] state = new Column[stateWidth()];
        state[0] = longs(counts, groups, count);
        for (int m = 0; m < MOMENTS; m++) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = moments[m][groups[i]];
            }
            state[1 + m] = new DoubleColumn(values, null, count);
        }
        if (retracts) {
            state[1 + MOMENTS] = longs(nonFinite, groups, count);
        }
        return state;
    }

    private static LongColumn longs(long[] source, int[] groups, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = source[groups[i]];
        }
        return new LongColumn(values, null, count);
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        double[][] saved = new double[MOMENTS][];
        for (int m = 0; m < MOMENTS; m++) {
            saved[m] = ((DoubleColumn) state[1 + m]).values();
        }
        combine(((LongColumn) state[0]).values(), saved, rows, groups, count);
        if (retracts) {
            long[] others = ((LongColumn) state[1 + MOMENTS]).values();
            for (int i = 0; i < count; i++) {
                nonFinite[groups[i]] += others[rows[i]];
            }
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        PairMomentsAccumulator other = (PairMomentsAccumulator) source;
        combine(other.counts, other.moments, sourceGroups, groups, count);
        for (int i = 0; retracts && i < count; i++) {
            nonFinite[groups[i]] += other.nonFinite[sourceGroups[i]];
        }
    }

    private void combine(long[] numbers, double[][] others, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            int row = rows[i];
            long number = numbers[row];
            long before = counts[group];
            if (number == 0) {
                continue;
            }
            counts[group] = before + number;
            if (before == 0) {
                for (int m = 0; m < MOMENTS; m++) {
                    moments[m][group] = others[m][row];
                }
                continue;
            }
            double total = before + number;
            double distanceY = others[MEAN_Y][row] - moments[MEAN_Y][group];
            double distanceX = others[MEAN_X][row] - moments[MEAN_X][group];
            double weight = before / total * number;
            moments[MEAN_Y][group] += distanceY * number / total;
            moments[MEAN_X][group] += distanceX * number / total;
            moments[YY][group] += others[YY][row] + distanceY * distanceY * weight;
            moments[XX][group] += others[XX][row] + distanceX * distanceX * weight;
            moments[XY][group] += others[XY][row] + distanceX * distanceY * weight;
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            counts[groups[i]] = 0;
            clearMoments(groups[i]);
            if (retracts) {
                nonFinite[groups[i]] = 0;
            }
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(counts, 0, limit, 0);
        for (double[] moment : moments) {
            Arrays.fill(moment, 0, limit, 0);
        }
        if (retracts) {
            Arrays.fill(nonFinite, 0, limit, 0);
        }
    }

    @Override
    public long bytes() {
        return HeapSize.of(moments, HeapSize::of) + HeapSize.of(counts) + HeapSize.of(nonFinite);
    }
}
