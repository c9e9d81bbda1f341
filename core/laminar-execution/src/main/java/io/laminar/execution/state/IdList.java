package io.laminar.execution.state;

import io.laminar.execution.key.Capacity;
import java.util.Arrays;

/** A growing list of numbers. */
final class IdList {
    private int[] ids = new int[0];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return ids[index];
    }

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Capacity.grown(size + 1L));
        }
        ids[size++] = id;
    }

    void addAll(IdList others) {
        if (ids.length < size + others.size) {
            ids = Arrays.copyOf(ids, Capacity.grown((long) size + others.size));
        }
        System.arraycopy(others.ids, 0, ids, size, others.size);
        size += others.size;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
