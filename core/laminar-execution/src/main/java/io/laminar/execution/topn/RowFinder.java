package io.laminar.execution.topn;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.row.HeldRows;
import java.util.Arrays;

/** Finds kept rows by their values: chains of slots by the hash of the row, the latest first. */
final class RowFinder {
    static final int NONE = -1;

    private final HeldRows rows;
    /** Slot + 1 by the lower bits of the hash. */
    private int[] heads = new int[16];
    /** By slot: the next slot + 1 of its chain. */
    private int[] next = new int[0];

    private long[] hashes = new long[0];
    private int size;

    RowFinder(HeldRows rows) {
        this.rows = rows;
    }

    void add(int slot, long hash) {
        if (next.length <= slot) {
            next = Arrays.copyOf(next, Capacity.grown(slot + 1L));
            hashes = Arrays.copyOf(hashes, next.length);
        }
        if (++size > heads.length) {
            rehash();
        }
        hashes[slot] = hash;
        link(slot);
    }

    private void link(int slot) {
        int chain = (int) hashes[slot] & heads.length - 1;
        next[slot] = heads[chain];
        heads[chain] = slot + 1;
    }

    private void rehash() {
        int[] old = heads;
        heads = new int[Math.multiplyExact(old.length, 2)];
        // From the end of each chain, so that it stays in order.
        int[] chain = new int[16];
        for (int head : old) {
            int count = 0;
            for (int at = head; at != 0; at = next[at - 1]) {
                if (count == chain.length) {
                    chain = Arrays.copyOf(chain, count * 2);
                }
                chain[count++] = at - 1;
            }
            while (count > 0) {
                link(chain[--count]);
            }
        }
    }

    /** Takes out the latest slot whose row is equal to that of another slot; {@link #NONE} if there is none. */
    int take(int like, long hash) {
        int before = 0;
        for (int at = heads[(int) hash & heads.length - 1]; at != 0; at = next[at - 1]) {
            int slot = at - 1;
            if (hashes[slot] == hash && rows.same(slot, like)) {
                unlink(slot, before);
                return slot;
            }
            before = at;
        }
        return NONE;
    }

    void remove(int slot) {
        int before = 0;
        for (int at = heads[(int) hashes[slot] & heads.length - 1]; at != slot + 1; at = next[at - 1]) {
            before = at;
        }
        unlink(slot, before);
    }

    private void unlink(int slot, int before) {
        if (before == 0) {
            heads[(int) hashes[slot] & heads.length - 1] = next[slot];
        } else {
            next[before - 1] = next[slot];
        }
        size--;
    }

    long bytes() {
        return HeapSize.of(heads) + HeapSize.of(next) + HeapSize.of(hashes);
    }
}
