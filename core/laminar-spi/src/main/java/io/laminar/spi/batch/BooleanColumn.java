package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** BOOLEAN. */
public final class BooleanColumn implements Column {
    private final boolean[] values;
    private final boolean @Nullable [] nulls;
    private final int size;

    public BooleanColumn(boolean[] values, boolean @Nullable [] nulls, int size) {
        this.values = values;
        this.nulls = nulls;
        this.size = size;
    }

    /** The values, one per row; the array may be longer than the column. */
    public boolean[] values() {
        return values;
    }

    public boolean value(int row) {
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
    public BooleanColumn gather(int[] selection, int count) {
        boolean[] gathered = new boolean[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[selection[i]];
        }
        return new BooleanColumn(gathered, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public BooleanColumn slice(int from, int count) {
        return new BooleanColumn(
                Arrays.copyOfRange(values, from, from + count), Column.sliceNulls(nulls, from, count), count);
    }

    @Override
    public long bytes() {
        return (long) size * 1;
    }
}
