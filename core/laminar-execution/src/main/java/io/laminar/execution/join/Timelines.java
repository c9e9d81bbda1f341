package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.store.RowInts;
import io.laminar.execution.store.RowStore;
import java.util.Arrays;

/**
 * Rows of a store by key and, within a key, by event time, the latest first. Of rows of one time the one that came last
 * is first. A row that is the latest of its key is added in constant time.
 */
final class Timelines {
    static final int NONE = -1;

    private final RowStore rows;
    private final KeyTable keys;
    /** Latest row + 1 of each key; 0 for none. */
    private int[] heads = new int[0];
    /** Next earlier row + 1 of the same key. */
    private final RowInts earlier = new RowInts();

    private final RowInts keyOfRow = new RowInts();

    Timelines(RowStore rows, KeyTable keys) {
        this.rows = rows;
        this.keys = keys;
    }

    KeyTable keys() {
        return keys;
    }

    /** Makes room for all keys and rows there are. */
    void reserve() {
        if (heads.length < keys.limit()) {
            heads = Arrays.copyOf(heads, Capacity.grown(keys.limit()));
        }
        earlier.reserve(rows.limit());
        keyOfRow.reserve(rows.limit());
    }

    /** The latest row of a key, or {@link #NONE}. */
    int first(int key) {
        return heads[key] - 1;
    }

    /** The row before another in time, or {@link #NONE}. */
    int earlier(int row) {
        return earlier.get(row) - 1;
    }

    int key(int row) {
        return keyOfRow.get(row);
    }

    /** The earliest row that is later than a time, or {@link #NONE}. */
    int laterThan(int key, long time) {
        int later = NONE;
        int at = heads[key] - 1;
        while (at != NONE && rows.rowtime(at) > time) {
            later = at;
            at = earlier.get(at) - 1;
        }
        return later;
    }

    /** The latest row that is not later than a time, or {@link #NONE}. */
    int notLaterThan(int key, long time) {
        int at = heads[key] - 1;
        while (at != NONE && rows.rowtime(at) > time) {
            at = earlier.get(at) - 1;
        }
        return at;
    }

    /**
     * Puts a row into the timeline of a key.
     *
     * @param later what {@link #laterThan} says for its time
     */
    void add(int key, int row, int later) {
        keyOfRow.set(row, key);
        if (later == NONE) {
            earlier.set(row, heads[key]);
            heads[key] = row + 1;
        } else {
            earlier.set(row, earlier.get(later));
            earlier.set(later, row + 1);
        }
    }

    /**
     * Takes all rows that are not later than a time out of a timeline.
     *
     * @return the latest of them, from which {@link #earlier} leads to the others; {@link #NONE} if there are none
     */
    int detach(int key, long time) {
        int later = laterThan(key, time);
        int first = later == NONE ? heads[key] - 1 : earlier.get(later) - 1;
        if (later == NONE) {
            heads[key] = 0;
        } else {
            earlier.set(later, 0);
        }
        return first;
    }

    /** Takes all rows before another out of its timeline; the first of them, or {@link #NONE}. */
    int detachBefore(int row) {
        int first = earlier.get(row) - 1;
        earlier.set(row, 0);
        return first;
    }

    /** All rows, those of a key together and the earliest first: the order in which they can be added again. */
    int[] rowsByKey() {
        RowIds all = new RowIds();
        for (int key : keys.ids()) {
            int from = all.size();
            for (int row = first(key); row != NONE; row = earlier(row)) {
                all.add(row);
            }
            reverse(all.ids(), from, all.size());
        }
        return all.ids(0, all.size());
    }

    private static void reverse(int[] ids, int from, int to) {
        for (int i = from, j = to - 1; i < j; i++, j--) {
            int id = ids[i];
            ids[i] = ids[j];
            ids[j] = id;
        }
    }

    /** Heap that is taken beside the rows, nearly. */
    long bytes() {
        return keys.bytes() + HeapSize.of(heads) + earlier.bytes() + keyOfRow.bytes();
    }
}
