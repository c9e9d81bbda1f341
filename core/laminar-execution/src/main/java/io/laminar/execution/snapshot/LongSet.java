package io.laminar.execution.snapshot;

import java.util.Arrays;

/** A set of numbers that are not negative. */
final class LongSet {
    private static final long NONE = -1;

    private long[] slots = new long[64];
    private int size;

    LongSet() {
        Arrays.fill(slots, NONE);
    }

    void add(long value) {
        if (put(slots, value) && ++size > slots.length / 2) {
            long[] doubled = new long[Math.multiplyExact(slots.length, 2)];
            Arrays.fill(doubled, NONE);
            for (long known : slots) {
                if (known != NONE) {
                    put(doubled, known);
                }
            }
            slots = doubled;
        }
    }

    private static boolean put(long[] into, long value) {
        int at = slot(into, value);
        if (into[at] == value) {
            return false;
        }
        into[at] = value;
        return true;
    }

    boolean contains(long value) {
        return slots[slot(slots, value)] == value;
    }

    /** Where a value is or would go. */
    private static int slot(long[] into, long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & into.length - 1;
        while (into[at] != NONE && into[at] != value) {
            at = at + 1 & into.length - 1;
        }
        return at;
    }
}
