package io.laminar.spi.batch;

import java.util.Arrays;

/** Builds a {@link ListColumn}: append the elements to {@link #elements}, then call {@link #endList}. */
public final class ListBuilder extends ColumnBuilder {
    private final ColumnBuilder elements;
    private int[] starts;
    private int[] lengths;
    private int open;

    public ListBuilder(ColumnBuilder elements, int capacity) {
        this.elements = elements;
        this.starts = new int[atLeastOne(capacity)];
        this.lengths = new int[atLeastOne(capacity)];
    }

    public ColumnBuilder elements() {
        return elements;
    }

    /** Makes a list of the elements appended since the list before. */
    public void endList() {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, grown(size + 1));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        starts[size] = open;
        lengths[size++] = elements.size() - open;
        open = elements.size();
    }

    @Override
    public void appendNull() {
        elements.truncate(open);
        markNull();
        endList();
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
            return;
        }
        ListColumn lists = (ListColumn) source;
        int start = lists.starts()[row];
        for (int i = 0; i < lists.lengths()[row]; i++) {
            elements.appendFrom(lists.elements(), start + i);
        }
        endList();
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
        open = size == 0 ? 0 : starts[size - 1] + lengths[size - 1];
        elements.truncate(open);
    }

    @Override
    public ListColumn build() {
        elements.truncate(open);
        ListColumn column = new ListColumn(elements.build(), starts, lengths, takeNulls(), size);
        starts = new int[starts.length];
        lengths = new int[lengths.length];
        size = 0;
        open = 0;
        return column;
    }

    @Override
    public long bytes() {
        return (long) size * Integer.BYTES + elements.bytes();
    }
}
