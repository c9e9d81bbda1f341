package io.laminar.execution.match;

import java.util.Arrays;

/** A growing list of longs. */
final class Longs {
    private long[] values = new long[16];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    long get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** A copy of the values. */
    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
