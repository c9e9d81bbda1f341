package io.laminar.execution.store;

import java.util.Arrays;

/** A long number for every row of a store; 0 to begin with. */
public final class RowLongs {
    private long[][] segments = new long[0][];

    /** Makes room for ids below {@code limit}. */
    public void reserve(int limit) {
        int count = Segments.count(limit);
        if (segments.length < count) {
            int known = segments.length;
            segments = Arrays.copyOf(segments, count + (count >> 1));
            Arrays.fill(segments, known, segments.length, new long[0]);
        }
        for (int s = count - 1; s >= 0; s--) {
            int capacity = Segments.capacity(s, limit);
            if (segments[s].length >= capacity) {
                break;
            }
            segments[s] = Arrays.copyOf(segments[s], capacity);
        }
    }

    public long get(int id) {
        return segments[id >>> Segments.SHIFT][id & Segments.MASK];
    }

    public void set(int id, long value) {
        segments[id >>> Segments.SHIFT][id & Segments.MASK] = value;
    }

    /** Heap that the numbers take, nearly. */
    public long bytes() {
        long bytes = 0;
        for (long[] segment : segments) {
            bytes += (long) Long.BYTES * segment.length;
        }
        return bytes;
    }
}
