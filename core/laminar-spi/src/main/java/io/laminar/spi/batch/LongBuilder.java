package io.laminar.spi.batch;

import java.util.Arrays;

/** Builds a {@link LongColumn}. */
public final class LongBuilder extends ColumnBuilder {
    private long[] values;

    public LongBuilder(int capacity) {
        values = new long[atLeastOne(capacity)];
    }

    public void append(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grown(size + 1));
        }
        values[size++] = value;
    }

    @Override
    public void appendNull() {
        markNull();
        append(0);
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            append(((LongColumn) source).value(row));
        }
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
    }

    @Override
    public LongColumn build() {
        LongColumn column = new LongColumn(values, takeNulls(), size);
        values = new long[values.length];
        size = 0;
        return column;
    }

    @Override
    public long bytes() {
        return (long) size * Long.BYTES;
    }
}
