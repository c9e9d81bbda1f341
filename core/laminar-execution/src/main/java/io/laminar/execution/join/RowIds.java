package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** A growing list of rows of a store. */
final class RowIds {
    private int[] ids = new int[16];
    private int size;

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Capacity.grown(size + 1L));
        }
        ids[size++] = id;
    }

    void add(int[] more, int count) {
        if (ids.length - size < count) {
            ids = Arrays.copyOf(ids, Capacity.grown((long) size + count));
        }
        System.arraycopy(more, 0, ids, size, count);
        size += count;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int get(int position) {
        return ids[position];
    }

    /** The rows; only as many as {@link #size} count. */
    int[] ids() {
        return ids;
    }

    /** A copy of the rows from one position on. */
    int[] ids(int from, int count) {
        return Arrays.copyOfRange(ids, from, from + count);
    }

    void clear() {
        size = 0;
    }

    long bytes() {
        return HeapSize.of(ids);
    }
}
