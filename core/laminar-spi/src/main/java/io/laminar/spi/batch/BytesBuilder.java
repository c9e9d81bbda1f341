package io.laminar.spi.batch;

import java.util.Arrays;

/**
 * Builds a {@link BytesColumn}, either by copying bytes into an arena of its own ({@link #append}) or by pointing into
 * an arena given beforehand ({@link #view}); the first copy into a builder that views brings the viewed bytes over.
 */
public final class BytesBuilder extends ColumnBuilder {
    private static final byte[] NONE = new byte[0];
    private static final int FIRST_ARENA = 1024;

    private byte[] arena = NONE;
    private int used;
    private int[] starts;
    private int[] lengths;
    private boolean viewing;

    public BytesBuilder(int capacity) {
        starts = new int[atLeastOne(capacity)];
        lengths = new int[atLeastOne(capacity)];
    }

    public void append(byte[] bytes, int from, int count) {
        int start = reserve(count);
        System.arraycopy(bytes, from, arena, start, count);
        commit(count);
    }

    public void append(Slice slice) {
        append(slice.base(), slice.offset(), slice.length());
    }

    /**
     * Makes room for a value of at most {@code capacity} bytes in the arena and returns where it starts; write it into
     * {@link #arena} and {@link #commit} its length.
     */
    public int reserve(int capacity) {
        if (viewing) {
            own();
        }
        if (arena.length - used < capacity) {
            long wanted = Math.max(FIRST_ARENA, (long) used + capacity + (used >> 1));
            arena = Arrays.copyOf(arena, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
        }
        return used;
    }

    public byte[] arena() {
        return arena;
    }

    public void commit(int count) {
        add(used, count);
        used += count;
    }

    /** Appends a value that lies in {@code source}; as long as all values do, none is copied. */
    public void view(byte[] source, int from, int count) {
        if (size == 0 && used == 0) {
            arena = source;
            viewing = true;
        }
        if (viewing && arena == source) {
            add(from, count);
        } else {
            append(source, from, count);
        }
    }

    private void own() {
        byte[] viewed = arena;
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += lengths[i];
        }
        arena = new byte[(int) Math.min(Math.max(FIRST_ARENA, total * 2), Integer.MAX_VALUE - 16)];
        used = 0;
        for (int i = 0; i < size; i++) {
            System.arraycopy(viewed, starts[i], arena, used, lengths[i]);
            starts[i] = used;
            used += lengths[i];
        }
        viewing = false;
    }

    private void add(int start, int count) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, grown(size + 1));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        starts[size] = start;
        lengths[size++] = count;
    }

    @Override
    public void appendNull() {
        markNull();
        add(0, 0);
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            BytesColumn column = (BytesColumn) source;
            append(column.arena(), column.starts()[row], column.lengths()[row]);
        }
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
    }

    @Override
    public BytesColumn build() {
        BytesColumn column = new BytesColumn(arena, starts, lengths, takeNulls(), size);
        starts = new int[starts.length];
        lengths = new int[lengths.length];
        arena = viewing || used == 0 ? NONE : new byte[Math.max(FIRST_ARENA, used + (used >> 2))];
        used = 0;
        viewing = false;
        size = 0;
        return column;
    }

    @Override
    public long bytes() {
        long bytes = (long) size * Integer.BYTES;
        if (!viewing) {
            return bytes + used;
        }
        for (int i = 0; i < size; i++) {
            bytes += lengths[i];
        }
        return bytes;
    }
}
