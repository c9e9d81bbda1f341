package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** BIGINT, the time types, intervals, and DECIMAL up to precision 18 (unscaled). */
public final class LongColumn implements Column {
    private final long[] values;
    private final boolean @Nullable [] nulls;
    private final int size;

    public LongColumn(long[] values, boolean @Nullable [] nulls, int size) {
        this.values = values;
        this.nulls = nulls;
        this.size = size;
    }

    /** The values, one per row; the array may be longer than the column. */
    public long[] values() {
        return values;
    }

    public long value(int row) {
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
    public LongColumn gather(int[] selection, int count) {
        long[] gathered = new long[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[selection[i]];
        }
        return new LongColumn(gathered, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public LongColumn slice(int from, int count) {
        return new LongColumn(
                Arrays.copyOfRange(values, from, from + count), Column.sliceNulls(nulls, from, count), count);
    }

    @Override
    public long bytes() {
        return (long) size * Long.BYTES;
    }
}
