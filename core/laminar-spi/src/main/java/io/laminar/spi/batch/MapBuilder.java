package io.laminar.spi.batch;

import java.util.Arrays;

/** Builds a {@link MapColumn}: append to {@link #keys} and {@link #values} in step, then call {@link #endMap}. */
public final class MapBuilder extends ColumnBuilder {
    private final ColumnBuilder keys;
    private final ColumnBuilder values;
    private int[] starts;
    private int[] lengths;
    private int open;

    public MapBuilder(ColumnBuilder keys, ColumnBuilder values, int capacity) {
        this.keys = keys;
        this.values = values;
        this.starts = new int[atLeastOne(capacity)];
        this.lengths = new int[atLeastOne(capacity)];
    }

    public ColumnBuilder keys() {
        return keys;
    }

    public ColumnBuilder values() {
        return values;
    }

    /** Makes a map of the entries appended since the map before. */
    public void endMap() {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, grown(size + 1));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        starts[size] = open;
        lengths[size++] = keys.size() - open;
        open = keys.size();
    }

    @Override
    public void appendNull() {
        keys.truncate(open);
        values.truncate(open);
        markNull();
        endMap();
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
            return;
        }
        MapColumn maps = (MapColumn) source;
        int start = maps.starts()[row];
        for (int i = 0; i < maps.lengths()[row]; i++) {
            keys.appendFrom(maps.keys(), start + i);
            values.appendFrom(maps.values(), start + i);
        }
        endMap();
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
        open = size == 0 ? 0 : starts[size - 1] + lengths[size - 1];
        keys.truncate(open);
        values.truncate(open);
    }

    @Override
    public MapColumn build() {
        keys.truncate(open);
        values.truncate(open);
        MapColumn column = new MapColumn(keys.build(), values.build(), starts, lengths, takeNulls(), size);
        starts = new int[starts.length];
        lengths = new int[lengths.length];
        size = 0;
        open = 0;
        return column;
    }

    @Override
    public long bytes() {
        return (long) size * Integer.BYTES + keys.bytes() + values.bytes();
    }
}
