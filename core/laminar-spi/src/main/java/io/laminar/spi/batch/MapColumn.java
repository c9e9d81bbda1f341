package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Maps as ranges of entries: map {@code i} has the entries {@code starts[i] .. starts[i] + lengths[i]}. */
public final class MapColumn implements Column {
    private final Column keys;
    private final Column values;
    private final int[] starts;
    private final int[] lengths;
    private final boolean @Nullable [] nulls;
    private final int size;

    public MapColumn(Column keys, Column values, int[] starts, int[] lengths, boolean @Nullable [] nulls, int size) {
        this.keys = keys;
        this.values = values;
        this.starts = starts;
        this.lengths = lengths;
        this.nulls = nulls;
        this.size = size;
    }

    public Column keys() {
        return keys;
    }

    public Column values() {
        return values;
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
    public MapColumn gather(int[] selection, int count) {
        int[] gatheredStarts = new int[count];
        int[] gatheredLengths = new int[count];
        for (int i = 0; i < count; i++) {
            gatheredStarts[i] = starts[selection[i]];
            gatheredLengths[i] = lengths[selection[i]];
        }
        return new MapColumn(
                keys, values, gatheredStarts, gatheredLengths, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public MapColumn slice(int from, int count) {
        return new MapColumn(
                keys,
                values,
                Arrays.copyOfRange(starts, from, from + count),
                Arrays.copyOfRange(lengths, from, from + count),
                Column.sliceNulls(nulls, from, count),
                count);
    }

    @Override
    public long bytes() {
        return (long) size * Integer.BYTES + keys.bytes() + values.bytes();
    }
}
