package io.laminar.spi.batch;

import java.util.Arrays;

/** Builds a {@link DoubleColumn}. */
public final class DoubleBuilder extends ColumnBuilder {
    private double[] values;

    public DoubleBuilder(int capacity) {
        values = new double[atLeastOne(capacity)];
    }

    public void append(double value) {
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
            append(((DoubleColumn) source).value(row));
        }
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
    }

    @Override
    public DoubleColumn build() {
        DoubleColumn column = new DoubleColumn(values, takeNulls(), size);
        values = new double[values.length];
        size = 0;
        return column;
    }

    @Override
    public long bytes() {
        return (long) size * Double.BYTES;
    }
}
