package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** A list of ids that grows and is used again. */
final class IdBuffer {
    private int[] ids = new int[256];
    private int size;

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Capacity.grown(size + 1L));
        }
        ids[size++] = id;
    }

    int[] ids() {
        return ids;
    }

    int size() {
        return size;
    }

    int get(int position) {
        return ids[position];
    }

    /** Forgets the ids from a position on. */
    void truncate(int count) {
        size = count;
    }

    void clear() {
        size = 0;
        if (ids.length > 1 << 16) {
            ids = new int[256];
        }
    }

    long bytes() {
        return HeapSize.of(ids);
    }
}
