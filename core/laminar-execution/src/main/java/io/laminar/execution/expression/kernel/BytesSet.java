package io.laminar.execution.expression.kernel;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fixed set of texts, searched by open addressing. */
public final class BytesSet {
    private final byte[] @Nullable [] table;

    public BytesSet(List<byte[]> values) {
        int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, values.size())) << 2);
        table = new byte[capacity][];
        for (byte[] value : values) {
            if (!contains(value, 0, value.length)) {
                int at = slot(value, 0, value.length);
                while (table[at] != null) {
                    at = (at + 1) & (capacity - 1);
                }
                table[at] = value;
            }
        }
    }

    private int slot(byte[] b, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + b[i];
        }
        return (hash ^ hash >>> 15) & (table.length - 1);
    }

    public boolean contains(byte[] b, int from, int length) {
        int at = slot(b, from, length);
        while (true) {
            byte[] candidate = table[at];
            if (candidate == null) {
                return false;
            }
            if (Arrays.equals(candidate, 0, candidate.length, b, from, from + length)) {
                return true;
            }
            at = (at + 1) & (table.length - 1);
        }
    }
}
