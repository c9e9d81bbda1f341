package io.laminar.spi.batch;

import java.util.Arrays;

/** Builds a {@link IntColumn}. */
public final class IntBuilder extends ColumnBuilder {
    private int[] values;

    public IntBuilder(int capacity) {
        values = new int[atLeastOne(capacity)];
    }

    public void append(int value) {
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
            append(((IntColumn) source).value(row));
        }
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
    }

    @Override
    public IntColumn build() {
        IntColumn column = new IntColumn(values, takeNulls(), size);
        values = new int[values.length];
        size = 0;
        return column;
    }

    @Override
    public long bytes() {
        return (long) size * Integer.BYTES;
    }
}
