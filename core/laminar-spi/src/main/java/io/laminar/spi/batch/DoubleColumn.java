package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** FLOAT and DOUBLE. */
public final class DoubleColumn implements Column {
    private final double[] values;
    private final boolean @Nullable [] nulls;
    private final int size;

    public DoubleColumn(double[] values, boolean @Nullable [] nulls, int size) {
        this.values = values;
        this.nulls = nulls;
        this.size = size;
    }

    /** The values, one per row; the array may be longer than the column. */
    public double[] values() {
        return values;
    }

    public double value(int row) {
        return values[row];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean @Nullable [] nulls() {
        return nulls;
    }

    @Override
    public DoubleColumn gather(int[] selection, int count) {
        double[] gathered = new double[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[selection[i]];
        }
        return new DoubleColumn(gathered, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public DoubleColumn slice(int from, int count) {
        return new DoubleColumn(
                Arrays.copyOfRange(values, from, from + count), Column.sliceNulls(nulls, from, count), count);
    }

    @Override
    public long bytes() {
        return (long) size * Double.BYTES;
    }
}
