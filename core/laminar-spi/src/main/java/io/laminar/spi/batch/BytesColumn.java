package io.laminar.spi.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * TEXT, BYTES and JSON as views into one arena: value {@code i} is {@code arena[starts[i] .. starts[i] + lengths[i])}.
 * Views may overlap, repeat and leave gaps, so that a decoder can point into its input buffer, a filter or substring
 * copies no bytes, and a constant is stored once. The length behind a null is 0.
 */
public final class BytesColumn implements Column {
    private final byte[] arena;
    private final int[] starts;
    private final int[] lengths;
    private final boolean @Nullable [] nulls;
    private final int size;

    public BytesColumn(byte[] arena, int[] starts, int[] lengths, boolean @Nullable [] nulls, int size) {
        this.arena = arena;
        this.starts = starts;
        this.lengths = lengths;
        this.nulls = nulls;
        this.size = size;
    }

    public byte[] arena() {
        return arena;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    /** A copy of the bytes of one value. */
    public byte[] value(int row) {
        return Arrays.copyOfRange(arena, starts[row], starts[row] + lengths[row]);
    }

    /** One value as text. */
    public String text(int row) {
        return new String(arena, starts[row], lengths[row], StandardCharsets.UTF_8);
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
    public BytesColumn gather(int[] selection, int count) {
        int[] gatheredStarts = new int[count];
        int[] gatheredLengths = new int[count];
        for (int i = 0; i < count; i++) {
            gatheredStarts[i] = starts[selection[i]];
            gatheredLengths[i] = lengths[selection[i]];
        }
        return new BytesColumn(
                arena, gatheredStarts, gatheredLengths, Column.gatherNulls(nulls, selection, count), count);
    }

    @Override
    public BytesColumn slice(int from, int count) {
        return new BytesColumn(
                arena,
                Arrays.copyOfRange(starts, from, from + count),
                Arrays.copyOfRange(lengths, from, from + count),
                Column.sliceNulls(nulls, from, count),
                count);
    }

    @Override
    public long bytes() {
        long bytes = (long) size * Integer.BYTES;
        for (int i = 0; i < size; i++) {
            bytes += lengths[i];
        }
        return bytes;
    }
}
