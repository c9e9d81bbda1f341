package io.laminar.execution.store;

/**
 * How rows are numbered: the upper bits of a row id are its segment, the lower ones its place there. All arrays of a store
 * are cut into segments, so that growing copies nothing but the first, small ones.
 */
final class Segments {
    static final int SHIFT = 12;
    /** Rows of a segment. */
    static final int SIZE = 1 << SHIFT;

    static final int MASK = SIZE - 1;
    /** Rows that a store of few rows has room for. */
    static final int FIRST = 64;

    private Segments() {}

    /** The rows a segment has to have room for, so that {@code limit} row ids exist; the first one grows step by step. */
    static int capacity(int segment, int limit) {
        int capacity = FIRST;
        while (segment == 0 && capacity < limit && capacity < SIZE) {
            capacity <<= 1;
        }
        return segment == 0 ? capacity : SIZE;
    }

    /** The number of segments for row ids below {@code limit}. */
    static int count(int limit) {
        return (limit + MASK) >>> SHIFT;
    }
}
