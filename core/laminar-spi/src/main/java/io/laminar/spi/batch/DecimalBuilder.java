package io.laminar.spi.batch;

import java.util.Arrays;

/** Builds a {@link DecimalColumn}. */
public final class DecimalBuilder extends ColumnBuilder {
    private long[] high;
    private long[] low;

    public DecimalBuilder(int capacity) {
        high = new long[atLeastOne(capacity)];
        low = new long[atLeastOne(capacity)];
    }

    public void append(long highWord, long lowWord) {
        if (size == high.length) {
            high = Arrays.copyOf(high, grown(size + 1));
            low = Arrays.copyOf(low, high.length);
        }
        high[size] = highWord;
        low[size++] = lowWord;
    }

    @Override
    public void appendNull() {
        markNull();
        append(0, 0);
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            DecimalColumn decimals = (DecimalColumn) source;
            append(decimals.high()[row], decimals.low()[row]);
        }
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
    }

    @Override
    public DecimalColumn build() {
        DecimalColumn column = new DecimalColumn(high, low, takeNulls(), size);
        high = new long[high.length];
        low = new long[low.length];
        size = 0;
        return column;
    }

    @Override
    public long bytes() {
        return (long) size * 2 * Long.BYTES;
    }
}
