package io.laminar.execution.store;

import io.laminar.execution.key.ByteRows;
import io.laminar.execution.key.Capacity;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text, and values that are made of others (encoded as {@link ByteRows}). The bytes of a segment lie in an arena of its
 * own; those of rows that are gone are squeezed out when they are more than half of it.
 */
final class StoredBytes extends StoredColumn {
    private static final byte[] NONE = new byte[0];
    private static final int SMALL = 1 << 12;

    /** The type of values that are encoded; null for text. */
    private final @Nullable DataType encoded;

    private final ByteRows encoding = new ByteRows();
    private byte[][] arenas = new byte[0][];
    private int[] used = new int[0];
    private int[] garbage = new int[0];
    private int[][] starts = new int[0][];
    private int[][] lengths = new int[0][];

    StoredBytes() {
        this.encoded = null;
    }

    StoredBytes(DataType encoded) {
        this.encoded = encoded;
    }

    @Override
    void widen(int count) {
        int known = arenas.length;
        arenas = Arrays.copyOf(arenas, count);
        Arrays.fill(arenas, known, count, NONE);
        used = Arrays.copyOf(used, count);
        garbage = Arrays.copyOf(garbage, count);
        starts = Arrays.copyOf(starts, count);
        lengths = Arrays.copyOf(lengths, count);
        Arrays.fill(starts, known, count, new int[0]);
        Arrays.fill(lengths, known, count, new int[0]);
        widenNulls(count);
    }

    @Override
    void allocate(int segment, int capacity) {
        if (starts[segment].length < capacity) {
            starts[segment] = Arrays.copyOf(starts[segment], capacity);
            lengths[segment] = Arrays.copyOf(lengths[segment], capacity);
        }
    }

    @Override
    void release(int segment) {
        arenas[segment] = NONE;
        used[segment] = 0;
        garbage[segment] = 0;
        starts[segment] = new int[0];
        lengths[segment] = new int[0];
        nulls[segment] = null;
    }

    @Override
    void put(Column source, int[] rows, int[] ids, int count) {
        if (encoded == null) {
            BytesColumn text = (BytesColumn) source;
            put(text.arena(), text.starts(), text.lengths(), rows, ids, count);
            putNulls(source, rows, ids, count);
            return;
        }
        encoding.encodeValues(new Column[] {source}, source.size());
        put(encoding.bytes(), encoding.starts(), encoding.lengths(), rows, ids, count);
    }

    private void put(byte[] source, int[] from, int[] sizes, int[] rows, int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            int segment = ids[i] >>> Segments.SHIFT;
            int place = ids[i] & Segments.MASK;
            int length = sizes[rows[i]];
            byte[] arena = arenas[segment];
            int at = used[segment];
            if (arena.length - at < length) {
                arena = roomier(segment, length);
                at = used[segment];
            }
            System.arraycopy(source, from[rows[i]], arena, at, length);
            starts[segment][place] = at;
            lengths[segment][place] = length;
            used[segment] = at + length;
        }
    }

    private byte[] roomier(int segment, int length) {
        long needed = (long) used[segment] + length;
        // Twice as long, since a segment has an end; then no byte is copied more than once on average.
        byte[] arena = Arrays.copyOf(arenas[segment], Capacity.grown(needed + (needed >> 1)));
        arenas[segment] = arena;
        return arena;
    }

    @Override
    void remove(int id) {
        int segment = id >>> Segments.SHIFT;
        int place = id & Segments.MASK;
        garbage[segment] += lengths[segment][place];
        lengths[segment][place] = 0;
        if (garbage[segment] > SMALL && garbage[segment] > used[segment] / 2) {
            compact(segment);
        }
    }

    private void compact(int segment) {
        int[] from = starts[segment];
        int[] sizes = lengths[segment];
        byte[] old = arenas[segment];
        byte[] compacted = new byte[Capacity.grown(used[segment] - garbage[segment])];
        int at = 0;
        for (int place = 0; place < sizes.length; place++) {
            System.arraycopy(old, from[place], compacted, at, sizes[place]);
            from[place] = at;
            at += sizes[place];
        }
        arenas[segment] = compacted;
        used[segment] = at;
        garbage[segment] = 0;
    }

    @Override
    Column gather(int[] ids, int count) {
        if (encoded != null) {
            return decode(ids, count, encoded);
        }
        int[] gatheredStarts = new int[count];
        int[] gatheredLengths = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            int length = lengths[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK];
            gatheredStarts[i] = (int) total;
            gatheredLengths[i] = length;
            total += length;
        }
        byte[] arena = new byte[Math.toIntExact(total)];
        for (int i = 0; i < count; i++) {
            int segment = ids[i] >>> Segments.SHIFT;
            int start = starts[segment][ids[i] & Segments.MASK];
            System.arraycopy(arenas[segment], start, arena, gatheredStarts[i], gatheredLengths[i]);
        }
        return new BytesColumn(arena, gatheredStarts, gatheredLengths, gatherNulls(ids, count), count);
    }

    private Column decode(int[] ids, int count, DataType type) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        ColumnBuilder[] builders = {builder};
        List<DataType> types = List.of(type);
        for (int i = 0; i < count; i++) {
            int segment = ids[i] >>> Segments.SHIFT;
            ByteRows.decode(arenas[segment], starts[segment][ids[i] & Segments.MASK], types, builders);
        }
        return builder.build();
    }

    @Override
    boolean equal(int id, Column other, int row) {
        int segment = id >>> Segments.SHIFT;
        int start = starts[segment][id & Segments.MASK];
        int end = start + lengths[segment][id & Segments.MASK];
        if (encoded == null) {
            boolean isNull = isNull(id);
            if (isNull || other.isNull(row)) {
                return isNull && other.isNull(row);
            }
            BytesColumn text = (BytesColumn) other;
            int from = text.starts()[row];
            return Arrays.equals(arenas[segment], start, end, text.arena(), from, from + text.lengths()[row]);
        }
        return equalEncoded(id, other, row, encoded);
    }

    /** Compares as keys: what is stored are values, and there is more than one way to write the same map or zero. */
    private boolean equalEncoded(int id, Column other, int row, DataType type) {
        ByteRows mine = new ByteRows();
        ByteRows theirs = new ByteRows();
        mine.encodeKeys(new Column[] {decode(new int[] {id}, 1, type)}, 1);
        theirs.encodeKeys(new Column[] {other.slice(row, 1)}, 1);
        return Arrays.equals(mine.bytes(), 0, mine.lengths()[0], theirs.bytes(), 0, theirs.lengths()[0]);
    }

    @Override
    long bytes() {
        long bytes = 0;
        for (int s = 0; s < arenas.length; s++) {
            bytes += arenas[s].length + 2L * Integer.BYTES * starts[s].length;
        }
        return bytes;
    }
}
