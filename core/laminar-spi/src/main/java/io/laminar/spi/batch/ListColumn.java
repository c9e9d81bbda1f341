package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arrays as ranges of an element column: list {@code i} is {@code elements[starts[i] .. starts[i] + lengths[i])}. */
public final class ListColumn implements Column {
    private final Column elements;
    private final int[] starts;
    private final int[] lengths;
    private final boolean @Nullable [] nulls;
    private final int size;

    public ListColumn(Column elements, int[] starts, int[] lengths, boolean @Nullable [] nulls, int size) {
        this.elements = elements;
        this.starts = starts;
        this.lengths = lengths;
        this.nulls = nulls;
        this.size = size;
    }

    public Column elements() {
        return elements;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
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
    public ListColumn gather(int[] selection, int count) {
        int[] gatheredStarts = new int[count];
        int[] gatheredLengths = new int[count];
        for (int i = 0; i < count; i++) {
            gatheredStarts[i] = starts[selection[i]];
            gatheredLengths[i] = lengths[selection[i]];
        }
        return new ListColumn(
                elements, gatheredStarts, gatheredLengths, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public ListColumn slice(int from, int count) {
        return new ListColumn(
                elements,
                Arrays.copyOfRange(starts, from, from + count),
                Arrays.copyOfRange(lengths, from, from + count),
                Column.sliceNulls(nulls, from, count),
                count);
    }

    @Override
    public long bytes() {
        return (long) size * Integer.BYTES + elements.bytes();
    }
}
