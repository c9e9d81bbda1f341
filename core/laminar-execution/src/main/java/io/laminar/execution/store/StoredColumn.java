package io.laminar.execution.store;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One column of a {@link RowStore}: an array per segment, made when the first row comes. */
abstract sealed class StoredColumn
        permits StoredLongs, StoredInts, StoredDoubles, StoredBooleans, StoredDecimals, StoredBytes {

    /** True where a value is null; an entry is absent while its segment has none. */
    protected boolean[] @Nullable [] nulls = new boolean[0][];

    static StoredColumn of(DataType type) {
        return switch (type.physical()) {
            case LONG -> new StoredLongs();
            case INT -> new StoredInts();
            case DOUBLE -> new StoredDoubles();
            case BOOLEAN -> new StoredBooleans();
            case DECIMAL -> new StoredDecimals();
            case BYTES -> new StoredBytes();
            case LIST, MAP, STRUCT -> new StoredBytes(type);
        };
    }

    /** Makes the table of segments as long as {@code count}. */
    abstract void widen(int count);

    /** Gives a segment room for {@code capacity} rows. */
    abstract void allocate(int segment, int capacity);

    /** Forgets the values of a segment that has no rows. */
    abstract void release(int segment);

    /** Copies the values of some rows to the places with these ids. */
    abstract void put(Column source, int[] rows, int[] ids, int count);

    /** The values of some rows. */
    abstract Column gather(int[] ids, int count);

    /** Whether a value equals that of a row of another column, NULL being equal to NULL. */
    abstract boolean equal(int id, Column other, int row);

    /** Learns that a value is not needed any more. */
    void remove(int id) {}

    /** Bytes that the values take. */
    abstract long bytes();

    protected final void widenNulls(int count) {
        nulls = Arrays.copyOf(nulls, count);
    }

    protected final void putNulls(Column source, int[] rows, int[] ids, int count) {
        boolean[] from = source.nulls();
        if (from == null) {
            clearNulls(ids, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int segment = ids[i] >>> Segments.SHIFT;
            boolean[] flags = nulls[segment];
            if (from[rows[i]] && flags == null) {
                flags = new boolean[Segments.SIZE];
                nulls[segment] = flags;
            }
            if (flags != null) {
                flags[ids[i] & Segments.MASK] = from[rows[i]];
            }
        }
    }

    private void clearNulls(int[] ids, int count) {
        int last = -1;
        boolean[] flags = null;
        for (int i = 0; i < count; i++) {
            int segment = ids[i] >>> Segments.SHIFT;
            if (segment != last) {
                last = segment;
                flags = nulls[segment];
            }
            if (flags != null) {
                flags[ids[i] & Segments.MASK] = false;
            }
        }
    }

    protected final boolean isNull(int id) {
        boolean[] flags = nulls[id >>> Segments.SHIFT];
        return flags != null && flags[id & Segments.MASK];
    }

    protected final boolean @Nullable [] gatherNulls(int[] ids, int count) {
        boolean[] gathered = null;
        for (int i = 0; i < count; i++) {
            boolean[] flags = nulls[ids[i] >>> Segments.SHIFT];
            if (flags != null && flags[ids[i] & Segments.MASK]) {
                gathered = gathered == null ? new boolean[count] : gathered;
                gathered[i] = true;
            }
        }
        return gathered;
    }

    /** Heap that is taken to say where NULL is. */
    final long nullBytes() {
        long bytes = 0;
        for (boolean[] flags : nulls) {
            bytes += HeapSize.of(flags);
        }
        return bytes;
    }
}
