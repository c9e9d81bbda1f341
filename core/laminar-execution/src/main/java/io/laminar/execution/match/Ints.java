package io.laminar.execution.match;

import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** A growing list of ints. */
final class Ints {
    private int[] values = new int[16];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** The values; the array may be longer. */
    int[] values() {
        return values;
    }

    long bytes() {
        return HeapSize.of(values);
    }
}
