package io.laminar.execution.expression.kernel;

import java.util.Arrays;

/** A fixed set of longs, searched by open addressing. */
public final class LongSet {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long[] table;
    private final int shift;
    private final boolean hasZero;

    public LongSet(long[] values) {
        int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, values.length)) << 2);
        table = new long[capacity];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
        hasZero = Arrays.stream(values).anyMatch(v -> v == 0);
        for (long value : values) {
            if (value != 0) {
                int at = slot(value);
                while (table[at] != 0 && table[at] != value) {
                    at = (at + 1) & (capacity - 1);
                }
                table[at] = value;
            }
        }
    }

    private int slot(long value) {
        return (int) (value * MULTIPLIER >>> shift);
    }

    public boolean contains(long value) {
        if (value == 0) {
            return hasZero;
        }
        int at = slot(value);
        while (table[at] != 0) {
            if (table[at] == value) {
                return true;
            }
            at = (at + 1) & (table.length - 1);
        }
        return false;
    }
}
