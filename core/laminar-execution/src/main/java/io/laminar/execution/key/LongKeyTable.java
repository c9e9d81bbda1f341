package io.laminar.execution.key;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Physical;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one INT or LONG column. Slots are found by Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3,
 * 6.4): the upper bits of a product, which is cheaper than the hash that decides on key groups and independent of it.
 */
final class LongKeyTable extends KeyTable {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final DataType type;
    private long[] keys = new long[16];
    /** The id of NULL, which lies in no slot. */
    private int nullId = ABSENT;

    LongKeyTable(DataType type) {
        this.type = type;
    }

    @Override
    public void lookup(KeyRows batch, int[] rows, int count, int[] ids) {
        if (batch.nulls != null) {
            lookupWithNulls(batch, batch.nulls, rows, count, ids);
            return;
        }
        long[] values = batch.longs;
        int[] table = slots;
        int bits = mask;
        int shift = Long.numberOfLeadingZeros(bits);
        long[] known = keys;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long key = values[row];
            int slot = (int) (key * GOLDEN >>> shift);
            int entry = table[slot];
            while (entry != 0 && known[entry - 1] != key) {
                slot = (slot + 1) & bits;
                entry = table[slot];
            }
            if (entry == 0) {
                entry = add(slot, key) + 1;
                table = slots;
                bits = mask;
                shift = Long.numberOfLeadingZeros(bits);
                known = keys;
            }
            ids[i] = entry - 1;
        }
    }

    private void lookupWithNulls(KeyRows batch, boolean[] nulls, int[] rows, int count, int[] ids) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            ids[i] = nulls[row] ? idOfNull() : idOf(batch.longs[row]);
        }
    }

    @Override
    public void find(KeyRows batch, int[] rows, int count, int[] ids) {
        boolean[] nulls = batch.nulls;
        long[] values = batch.longs;
        int[] table = slots;
        int bits = mask;
        int shift = Long.numberOfLeadingZeros(bits);
        long[] known = keys;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long key = values[row];
            int slot = (int) (key * GOLDEN >>> shift);
            int entry = table[slot];
            while (entry != 0 && known[entry - 1] != key) {
                slot = (slot + 1) & bits;
                entry = table[slot];
            }
            ids[i] = nulls != null && nulls[row] ? nullId : entry - 1;
        }
    }

    private int idOf(long key) {
        int slot = slot(key);
        int entry = slots[slot];
        while (entry != 0 && keys[entry - 1] != key) {
            slot = (slot + 1) & mask;
            entry = slots[slot];
        }
        return entry != 0 ? entry - 1 : add(slot, key);
    }

    private int slot(long key) {
        return (int) (key * GOLDEN >>> Long.numberOfLeadingZeros(mask));
    }

    @Override
    protected int home(int id) {
        return slot(keys[id]);
    }

    private int idOfNull() {
        if (nullId == ABSENT) {
            nullId = claim(-1);
            keys[nullId] = 0;
        }
        return nullId;
    }

    private int add(int slot, long key) {
        int id = claim(slot);
        keys[id] = key;
        if (crowded()) {
            rehash();
        }
        return id;
    }

    @Override
    public Column[] columns(int[] ids, int count) {
        boolean @Nullable [] nulls = null;
        if (nullId != ABSENT) {
            nulls = new boolean[count];
            for (int i = 0; i < count; i++) {
                nulls[i] = ids[i] == nullId;
            }
        }
        if (type.physical() == Physical.INT) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = (int) keys[ids[i]];
            }
            return new Column[] {new IntColumn(values, nulls, count)};
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = keys[ids[i]];
        }
        return new Column[] {new LongColumn(values, nulls, count)};
    }

    @Override
    public long hash(int id) {
        return id == nullId ? KeyHasher.hashOfNull() : KeyHasher.hash(keys[id]);
    }

    @Override
    protected void reserve(int count) {
        if (keys.length < count) {
            keys = Arrays.copyOf(keys, Capacity.grown(count));
        }
    }

    @Override
    protected void cleared() {
        nullId = ABSENT;
    }

    @Override
    protected void unlink(int id) {
        if (id == nullId) {
            nullId = ABSENT;
        } else {
            super.unlink(id);
        }
    }

    @Override
    protected long keyBytes() {
        return HeapSize.of(keys);
    }
}
