package io.laminar.execution.store;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import java.util.Arrays;

/**
 * Finds a row of a {@link RowStore} by its values: what an input that takes rows back needs. Equal rows are a list, the
 * latest first, so that a row that is there many times is found as fast as any other.
 */
public final class RowIndex {
    private static final int FIRST_BUCKETS = 64;

    private final RowStore rows;
    /** First row + 1 with a hash that ends in the bucket's number; 0 for none. */
    private int[] buckets = new int[FIRST_BUCKETS];

    private final RowInts next = new RowInts();
    /** Row + 1 before it; 0 for the first of a bucket. */
    private final RowInts previous = new RowInts();

    private final RowInts hashes = new RowInts();
    private int size;

    public RowIndex(RowStore rows) {
        this.rows = rows;
    }

    /** Makes room for rows with ids below a limit. */
    public void reserve(int limit) {
        next.reserve(limit);
        previous.reserve(limit);
        hashes.reserve(limit);
    }

    /** Adds a row of the store. */
    public void add(int row, long hash) {
        if (size == buckets.length) {
            grow();
        }
        size++;
        int folded = fold(hash);
        hashes.set(row, folded);
        link(row, folded);
    }

    /** Takes a row out. */
    public void remove(int row) {
        int before = previous.get(row) - 1;
        int after = next.get(row) - 1;
        if (before < 0) {
            buckets[hashes.get(row) & buckets.length - 1] = after + 1;
        } else {
            next.set(before, after + 1);
        }
        if (after >= 0) {
            previous.set(after, before + 1);
        }
        size--;
    }

    /** The latest row that has the values of a row of a batch; {@link RowLists#NONE} if there is none. */
    public int find(Batch batch, int row, long hash) {
        int folded = fold(hash);
        int at = buckets[folded & buckets.length - 1] - 1;
        while (at >= 0 && !(hashes.get(at) == folded && rows.equal(at, batch, row))) {
            at = next.get(at) - 1;
        }
        return at;
    }

    private void link(int row, int folded) {
        int bucket = folded & buckets.length - 1;
        int after = buckets[bucket] - 1;
        next.set(row, after + 1);
        previous.set(row, 0);
        if (after >= 0) {
            previous.set(after, row + 1);
        }
        buckets[bucket] = row + 1;
    }

    private void grow() {
        int[] old = buckets;
        buckets = new int[Math.multiplyExact(old.length, 2)];
        int[] chain = new int[16];
        for (int head : old) {
            int count = 0;
            for (int at = head - 1; at >= 0; at = next.get(at) - 1) {
                if (count == chain.length) {
                    chain = Arrays.copyOf(chain, count * 2);
                }
                chain[count++] = at;
            }
            // From the last to the first, so that the order stays.
            while (count > 0) {
                int row = chain[--count];
                link(row, hashes.get(row));
            }
        }
    }

    /** Other bits than those that choose the key group, which are much alike within a subtask. */
    private static int fold(long hash) {
        return (int) hash;
    }

    /** Heap that the index takes, nearly. */
    public long bytes() {
        return HeapSize.of(buckets) + next.bytes() + previous.bytes() + hashes.bytes();
    }
}
