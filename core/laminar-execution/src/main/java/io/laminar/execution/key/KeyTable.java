package io.laminar.execution.key;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * From keys to small numbers (ids) by open addressing with linear probing. State is then held in arrays indexed by id.
 * Ids are dense; those of removed keys are given out again. NULL is a key like any other.
 */
public abstract sealed class KeyTable permits SingleKeyTable, LongKeyTable, WordKeyTable, BytesKeyTable {
    /** No id. */
    public static final int ABSENT = -1;

    private static final int FIRST_SLOTS = 16;

    /** Id + 1 of the key that lies here; 0 if none does. */
    protected int[] slots = new int[FIRST_SLOTS];

    protected int mask = FIRST_SLOTS - 1;
    private int threshold = threshold(FIRST_SLOTS);
    private int size;
    private int limit;
    private int[] free = new int[0];
    private int freeCount;

    /** A table for keys of these types. */
    public static KeyTable of(List<DataType> types) {
        return switch (KeyRows.form(types)) {
            case NONE -> new SingleKeyTable();
            case LONG -> new LongKeyTable(types.get(0));
            case WORDS -> new WordKeyTable(types);
            case BYTES -> new BytesKeyTable(types);
        };
    }

    /**
     * Sets {@code ids[i]} to the id of the key of row {@code rows[i]} for the first {@code count} rows given. Keys that
     * are new get an id.
     */
    public abstract void lookup(KeyRows keys, int[] rows, int count, int[] ids);

    /**
     * Sets {@code ids[i]} to the id of the key of row {@code rows[i]} for the first {@code count} rows given, or to {@link
     * #ABSENT} where the table does not have the key.
     */
    public abstract void find(KeyRows keys, int[] rows, int count, int[] ids);

    /** The keys with the given ids as columns. They stay valid whatever happens to the table. */
    public abstract Column[] columns(int[] ids, int count);

    /** The hash of a key by {@link KeyHasher}. */
    public abstract long hash(int id);

    /** The slot where the search for a key starts. */
    protected int home(int id) {
        return (int) hash(id) & mask;
    }

    /** Number of keys. */
    public final int size() {
        return size;
    }

    /** All ids are below this. */
    public final int limit() {
        return limit;
    }

    /** The ids in use, in ascending order. */
    public final int[] ids() {
        int[] ids = new int[size];
        if (freeCount == 0) {
            Arrays.setAll(ids, i -> i);
            return ids;
        }
        boolean[] unused = new boolean[limit];
        for (int i = 0; i < freeCount; i++) {
            unused[free[i]] = true;
        }
        int next = 0;
        for (int id = 0; id < limit; id++) {
            if (!unused[id]) {
                ids[next++] = id;
            }
        }
        return ids;
    }

    /** Sets a bit in the marks of all ids in use. */
    public final void mark(byte[] marks, byte bit) {
        for (int id = 0; id < limit; id++) {
            marks[id] |= bit;
        }
        for (int i = 0; i < freeCount; i++) {
            marks[free[i]] &= (byte) ~bit;
        }
    }

    /** Sets {@code hashes[i]} to the hash of the key with id {@code ids[i]}. */
    public final void hash(int[] ids, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(ids[i]);
        }
    }

    /** Forgets keys; none may be given twice. */
    public final void remove(int[] ids, int count) {
        if (free.length < freeCount + count) {
            free = Arrays.copyOf(free, Capacity.grown((long) freeCount + count));
        }
        for (int i = 0; i < count; i++) {
            unlink(ids[i]);
            free[freeCount++] = ids[i];
        }
        size -= count;
        removed(ids, count);
        if (size == 0) {
            clear();
        }
    }

    /** Forgets all keys. Keeps the memory unless far less of it was needed this time. */
    public final void clear() {
        if (slots.length > FIRST_SLOTS && limit < slots.length / 16) {
            allocate(FIRST_SLOTS * 2);
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
        limit = 0;
        freeCount = 0;
        cleared();
    }

    /** Makes room for so many more keys at once, of which some may be there already. */
    public final void expect(int more) {
        long needed = (long) size + more;
        int count = slots.length;
        while (count < 1 << 30 && threshold(count) < needed) {
            count *= 2;
        }
        if (count > slots.length) {
            rehash(count);
        }
        reserve((int) Math.min(Integer.MAX_VALUE, (long) limit + more));
    }

    /** Heap that the table takes, nearly. */
    public final long bytes() {
        return HeapSize.of(slots) + HeapSize.of(free) + keyBytes();
    }

    /** Heap that the keys take. */
    protected abstract long keyBytes();

    /** Makes the arrays of keys long enough for ids below {@code count}. */
    protected abstract void reserve(int count);

    protected abstract void cleared();

    protected void removed(int[] ids, int count) {}

    /** Takes an id, for a key that lies in no slot or, if {@code slot} is not negative, in that one. */
    protected final int claim(int slot) {
        int id;
        if (freeCount > 0) {
            id = free[--freeCount];
        } else {
            id = limit++;
            reserve(limit);
        }
        if (slot >= 0) {
            slots[slot] = id + 1;
        }
        size++;
        return id;
    }

    /** Whether {@link #rehash} is due. */
    protected final boolean crowded() {
        return size > threshold;
    }

    /** Doubles the slots. All keys must have been stored. */
    protected final void rehash() {
        rehash(Math.multiplyExact(slots.length, 2));
    }

    private void rehash(int count) {
        int[] old = slots;
        allocate(count);
        for (int entry : old) {
            if (entry != 0) {
                int slot = home(entry - 1);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    private void allocate(int count) {
        slots = new int[count];
        mask = count - 1;
        threshold = threshold(count);
    }

    /** Half: in a fuller table most searches end at another step than the one before, which processors guess wrong. */
    private static int threshold(int count) {
        return count / 2;
    }

    /** Empties the slot of an id and moves the entries behind it to where a probe finds them again. */
    protected void unlink(int id) {
        int hole = home(id);
        while (slots[hole] != id + 1) {
            hole = (hole + 1) & mask;
        }
        int at = hole;
        while (true) {
            at = (at + 1) & mask;
            int entry = slots[at];
            if (entry == 0) {
                break;
            }
            if (((at - home(entry - 1)) & mask) >= ((at - hole) & mask)) {
                slots[hole] = entry;
                hole = at;
            }
        }
        slots[hole] = 0;
    }
}
