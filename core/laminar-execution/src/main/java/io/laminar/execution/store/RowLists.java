package io.laminar.execution.store;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/**
 * Lists of rows by key: from the ids of a {@link io.laminar.execution.key.KeyTable} to the ids of a {@link RowStore}. A
 * list keeps the order in which its rows came. Adding and removing take constant time, whatever the length of a list.
 */
public final class RowLists {
    /** No row. */
    public static final int NONE = -1;

    /** First row + 1 of each key; 0 for none. */
    private int[] heads = new int[0];

    private int[] counts = new int[0];
    /** Next row + 1 in the list of a row; 0 behind the last. */
    private final RowInts next = new RowInts();
    /** Row before it; of the first row, the last one of the list. */
    private final RowInts previous = new RowInts();

    private final RowInts keys = new RowInts();

    /** Makes room for keys and rows with ids below these limits. */
    public void reserve(int keyLimit, int rowLimit) {
        if (heads.length < keyLimit) {
            int capacity = Capacity.grown(keyLimit);
            heads = Arrays.copyOf(heads, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        next.reserve(rowLimit);
        previous.reserve(rowLimit);
        keys.reserve(rowLimit);
    }

    /** Appends a row to the list of a key. */
    public void add(int key, int row) {
        int head = heads[key] - 1;
        next.set(row, 0);
        keys.set(row, key);
        if (head == NONE) {
            heads[key] = row + 1;
            previous.set(row, row);
        } else {
            int last = previous.get(head);
            next.set(last, row + 1);
            previous.set(row, last);
            previous.set(head, row);
        }
        counts[key]++;
    }

    /** Takes a row out of its list and returns the key. */
    public int remove(int row) {
        int key = keys.get(row);
        int head = heads[key] - 1;
        int after = next.get(row) - 1;
        int before = previous.get(row);
        if (row == head) {
            heads[key] = after + 1;
            if (after != NONE) {
                previous.set(after, before);
            }
        } else {
            next.set(before, after + 1);
            previous.set(after == NONE ? head : after, before);
        }
        counts[key]--;
        return key;
    }

    /** The first row of a key, or {@link #NONE}. */
    public int first(int key) {
        return heads[key] - 1;
    }

    /** The row behind another in the same list, or {@link #NONE}. */
    public int next(int row) {
        return next.get(row) - 1;
    }

    /** The key in whose list a row is. */
    public int key(int row) {
        return keys.get(row);
    }

    /** Number of rows of a key. */
    public int count(int key) {
        return counts[key];
    }

    /** Heap that the lists take, nearly. */
    public long bytes() {
        return HeapSize.of(heads) + HeapSize.of(counts) + next.bytes() + previous.bytes() + keys.bytes();
    }
}
