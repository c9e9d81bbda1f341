package io.laminar.spi.batch;

import java.util.Arrays;

/** Builds a {@link BooleanColumn}. */
public final class BooleanBuilder extends ColumnBuilder {
    private boolean[] values;

    public BooleanBuilder(int capacity) {
        values = new boolean[atLeastOne(capacity)];
    }

    public void append(boolean value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grown(size + 1));
        }
        values[size++] = value;
    }

    @Override
    public void appendNull() {
        markNull();
        append(false);
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            append(((BooleanColumn) source).value(row));
        }
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
    }

    @Override
    public BooleanColumn build() {
        BooleanColumn column = new BooleanColumn(values, takeNulls(), size);
        values = new boolean[values.length];
        size = 0;
        return column;
    }

    @Override
    public long bytes() {
        return (long) size * 1;
    }
}
