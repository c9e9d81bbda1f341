package io.laminar.execution.row;

import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which slots hold NULL; takes no memory as long as none does. */
final class HeldNulls {
    private boolean @Nullable [] nulls;
    private int capacity;

    void reserve(int slots) {
        capacity = slots;
        boolean[] known = nulls;
        if (known != null && known.length < slots) {
            nulls = Arrays.copyOf(known, slots);
        }
    }

    /** @param source null if no row is NULL */
    void put(boolean @Nullable [] source, int[] rows, int[] slots, int count) {
        boolean[] known = nulls;
        if (source == null) {
            if (known != null) {
                for (int i = 0; i < count; i++) {
                    known[slots[i]] = false;
                }
            }
            return;
        }
        if (known == null) {
            known = new boolean[capacity];
            nulls = known;
        }
        for (int i = 0; i < count; i++) {
            known[slots[i]] = source[rows[i]];
        }
    }

    boolean @Nullable [] gather(int[] slots, int count) {
        boolean[] known = nulls;
        if (known == null) {
            return null;
        }
        boolean[] gathered = new boolean[count];
        boolean any = false;
        for (int i = 0; i < count; i++) {
            gathered[i] = known[slots[i]];
            any |= gathered[i];
        }
        return any ? gathered : null;
    }

    boolean isNull(int slot) {
        boolean[] known = nulls;
        return known != null && known[slot];
    }

    long bytes() {
        return HeapSize.of(nulls);
    }
}
