package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** DECIMAL above precision 18: unscaled 128-bit two's complement values as high and low words. */
public final class DecimalColumn implements Column {
    private final long[] high;
    private final long[] low;
    private final boolean @Nullable [] nulls;
    private final int size;

    public DecimalColumn(long[] high, long[] low, boolean @Nullable [] nulls, int size) {
        this.high = high;
        this.low = low;
        this.nulls = nulls;
        this.size = size;
    }

    public long[] high() {
        return high;
    }

    public long[] low() {
        return low;
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
    public DecimalColumn gather(int[] selection, int count) {
        long[] gatheredHigh = new long[count];
        long[] gatheredLow = new long[count];
        for (int i = 0; i < count; i++) {
            gatheredHigh[i] = high[selection[i]];
            gatheredLow[i] = low[selection[i]];
        }
        return new DecimalColumn(gatheredHigh, gatheredLow, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public DecimalColumn slice(int from, int count) {
        return new DecimalColumn(
                Arrays.copyOfRange(high, from, from + count),
                Arrays.copyOfRange(low, from, from + count),
                Column.sliceNulls(nulls, from, count),
                count);
    }

    @Override
    public long bytes() {
        return (long) size * 2 * Long.BYTES;
    }
}
