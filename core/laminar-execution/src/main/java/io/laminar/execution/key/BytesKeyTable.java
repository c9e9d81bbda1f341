package io.laminar.execution.key;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys as bytes in one arena: a text, or several columns as {@link ByteRows}. Their hashes are kept. */
final class BytesKeyTable extends KeyTable {
    private static final int NULL_LENGTH = -1;

    private final List<DataType> types;
    private final boolean text;
    private byte[] arena = new byte[256];
    private int used;
    /** Bytes of the arena that belong to removed keys. */
    private int garbage;
    /** Whether columns outside look into the arena, so that what lies in it may not be overwritten. */
    private boolean shared;

    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private long[] hashes = new long[16];

    BytesKeyTable(List<DataType> types) {
        this.types = types;
        this.text = KeyRows.isText(types);
    }

    @Override
    public void lookup(KeyRows batch, int[] rows, int count, int[] ids) {
        boolean[] nulls = batch.nulls;
        byte[] source = batch.arena;
        int[] sourceStarts = batch.starts;
        int[] sourceLengths = batch.lengths;
        long[] sourceHashes = batch.hashes;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int length = nulls != null && nulls[row] ? NULL_LENGTH : sourceLengths[row];
            long hash = sourceHashes[row];
            int from = sourceStarts[row];
            int slot = (int) hash & mask;
            int entry = slots[slot];
            while (entry != 0 && !matches(entry - 1, hash, source, from, length)) {
                slot = (slot + 1) & mask;
                entry = slots[slot];
            }
            ids[i] = entry != 0 ? entry - 1 : add(slot, hash, source, from, length);
        }
    }

    @Override
    public void find(KeyRows batch, int[] rows, int count, int[] ids) {
        boolean[] nulls = batch.nulls;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int length = nulls != null && nulls[row] ? NULL_LENGTH : batch.lengths[row];
            long hash = batch.hashes[row];
            int slot = (int) hash & mask;
            int entry = slots[slot];
            while (entry != 0 && !matches(entry - 1, hash, batch.arena, batch.starts[row], length)) {
                slot = (slot + 1) & mask;
                entry = slots[slot];
            }
            ids[i] = entry - 1;
        }
    }

    private boolean matches(int id, long hash, byte[] source, int from, int length) {
        if (hashes[id] != hash || lengths[id] != length) {
            return false;
        }
        int start = starts[id];
        return length <= 0 || Arrays.equals(arena, start, start + length, source, from, from + length);
    }

    private int add(int slot, long hash, byte[] source, int from, int length) {
        int id = claim(slot);
        int bytes = Math.max(0, length);
        if (arena.length - used < bytes) {
            arena = Arrays.copyOf(arena, Capacity.grown((long) used + bytes));
            shared = false;
        }
        System.arraycopy(source, from, arena, used, bytes);
        starts[id] = used;
        lengths[id] = length;
        hashes[id] = hash;
        used += bytes;
        if (crowded()) {
            rehash();
        }
        return id;
    }

    @Override
    public Column[] columns(int[] ids, int count) {
        if (text) {
            return new Column[] {textColumn(ids, count)};
        }
        ColumnBuilder[] builders = new ColumnBuilder[types.size()];
        for (int c = 0; c < builders.length; c++) {
            builders[c] = ColumnBuilder.of(types.get(c), count);
        }
        for (int i = 0; i < count; i++) {
            ByteRows.decode(arena, starts[ids[i]], types, builders);
        }
        Column[] columns = new Column[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build();
        }
        return columns;
    }

    private BytesColumn textColumn(int[] ids, int count) {
        int[] keyStarts = new int[count];
        int[] keyLengths = new int[count];
        boolean @Nullable [] nulls = null;
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            keyStarts[i] = starts[id];
            keyLengths[i] = lengths[id];
            if (keyLengths[i] == NULL_LENGTH) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
                keyLengths[i] = 0;
            }
        }
        shared = true;
        return new BytesColumn(arena, keyStarts, keyLengths, nulls, count);
    }

    @Override
    public long hash(int id) {
        return hashes[id];
    }

    @Override
    protected void reserve(int count) {
        if (starts.length < count) {
            int capacity = Capacity.grown(count);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
        }
    }

    @Override
    protected void removed(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            garbage += Math.max(0, lengths[ids[i]]);
        }
        if (garbage > 1 << 16 && garbage > used / 2 && size() > 0) {
            compact();
        }
    }

    private void compact() {
        byte[] compacted = new byte[Capacity.grown(used - garbage)];
        int at = 0;
        for (int id : ids()) {
            int length = Math.max(0, lengths[id]);
            System.arraycopy(arena, starts[id], compacted, at, length);
            starts[id] = at;
            at += length;
        }
        arena = compacted;
        used = at;
        garbage = 0;
        shared = false;
    }

    @Override
    protected void cleared() {
        if (shared) {
            arena = new byte[Math.max(256, used)];
            shared = false;
        }
        used = 0;
        garbage = 0;
    }

    @Override
    protected long keyBytes() {
        return HeapSize.of(arena) + HeapSize.of(starts) + HeapSize.of(lengths) + HeapSize.of(hashes);
    }
}
