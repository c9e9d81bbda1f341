package io.laminar.execution.store;

import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** A number for every row of a store, or for every key of a table; 0 to begin with. */
public final class RowInts {
    private int[][] segments = new int[0][];

    /** Makes room for ids below {@code limit}. */
    public void reserve(int limit) {
        int count = Segments.count(limit);
        if (segments.length < count) {
            int known = segments.length;
            segments = Arrays.copyOf(segments, count + (count >> 1));
            Arrays.fill(segments, known, segments.length, new int[0]);
        }
        for (int s = count - 1; s >= 0; s--) {
            int capacity = Segments.capacity(s, limit);
            if (segments[s].length >= capacity) {
                break;
            }
            segments[s] = Arrays.copyOf(segments[s], capacity);
        }
    }

    public int get(int id) {
        return segments[id >>> Segments.SHIFT][id & Segments.MASK];
    }

    public void set(int id, int value) {
        segments[id >>> Segments.SHIFT][id & Segments.MASK] = value;
    }

    /** Adds to a number and returns what it is then. */
    public int add(int id, int change) {
        return segments[id >>> Segments.SHIFT][id & Segments.MASK] += change;
    }

    /** Heap that the numbers take, nearly. */
    public long bytes() {
        long bytes = 0;
        for (int[] segment : segments) {
            bytes += HeapSize.REFERENCE + HeapSize.of(segment);
        }
        return bytes;
    }
}
