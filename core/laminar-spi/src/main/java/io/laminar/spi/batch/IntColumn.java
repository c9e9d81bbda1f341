package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** TINYINT, SMALLINT, INT and DATE. */
public final class IntColumn implements Column {
    private final int[] values;
    private final boolean @Nullable [] nulls;
    private final int size;

    public IntColumn(int[] values, boolean @Nullable [] nulls, int size) {
        this.values = values;
        this.nulls = nulls;
        this.size = size;
    }

    /** The values, one per row; the array may be longer than the column. */
    public int[] values() {
        return values;
    }

    public int value(int row) {
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
    public IntColumn gather(int[] selection, int count) {
        int[] gathered = new int[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[selection[i]];
        }
        return new IntColumn(gathered, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public IntColumn slice(int from, int count) {
        return new IntColumn(
                Arrays.copyOfRange(values, from, from + count), Column.sliceNulls(nulls, from, count), count);
    }

    @Override
    public long bytes() {
        return (long) size * Integer.BYTES;
    }
}
