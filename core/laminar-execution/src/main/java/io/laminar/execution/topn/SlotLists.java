package io.laminar.execution.topn;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.row.HeldKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots of the rows of each partition, in order. Few slots lie in one array; many in blocks, so that putting one in
 * between moves only part of them.
 */
final class SlotLists {
    private static final int FIRST = 2;
    private static final int BLOCK = 1024;

    private final HeldKeys keys;
    private final boolean newestFirst;
    private int[][] single = new int[0][];
    private int[] sizes = new int[0];
    private @Nullable Blocks[] many = new Blocks[0];
    /** By slot: when it came. */
    private long[] arrivals = new long[0];

    private long arrived;

    /** @param newestFirst whether a slot is put before those with the same key instead of behind them */
    SlotLists(HeldKeys keys, boolean newestFirst) {
        this.keys = keys;
        this.newestFirst = newestFirst;
    }

    /** Makes room for partitions below {@code partitions}. */
    void reserve(int partitions) {
        if (sizes.length < partitions) {
            int capacity = Capacity.grown(partitions);
            single = Arrays.copyOf(single, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
        }
    }

    int size(int partition) {
        return sizes[partition];
    }

    /** The slot at an index; only for partitions known to be small, or the first few of any. */
    int slot(int partition, int index) {
        Blocks blocks = blocks(partition);
        return blocks == null ? single[partition][index] : blocks.slot(index);
    }

    int last(int partition) {
        Blocks blocks = blocks(partition);
        return blocks == null ? single[partition][sizes[partition] - 1] : blocks.last();
    }

    /** Heap that the lists take, nearly. */
    long bytes() {
        return HeapSize.of(single, HeapSize::of)
                + HeapSize.of(many, Blocks::bytes)
                + HeapSize.of(sizes)
                + HeapSize.of(arrivals);
    }

    private @Nullable Blocks blocks(int partition) {
        return partition < many.length ? many[partition] : null;
    }

    /** Says that a slot comes now; among equal keys slots lie in this order. */
    void arrive(int slot) {
        if (arrivals.length <= slot) {
            arrivals = Arrays.copyOf(arrivals, Capacity.grown(slot + 1L));
        }
        arrivals[slot] = arrived++;
    }

    /** When a slot came. */
    long arrival(int slot) {
        return arrivals[slot];
    }

    /** Says when a slot came before a restart. */
    void arrived(int slot, long at) {
        arrive(slot);
        arrivals[slot] = at;
        arrived = Math.max(arrived, at + 1);
    }

    /** Whether a slot that is in a partition, or is to be put there, is one of its first. */
    boolean isAmong(int partition, int slot, long count) {
        return sizes[partition] < count || compare(slot, slot(partition, (int) count - 1)) <= 0;
    }

    /** Puts a slot that has arrived where its key belongs. */
    void add(int partition, int slot) {
        Blocks blocks = blocks(partition);
        if (blocks != null) {
            blocks.add(slot);
            sizes[partition]++;
            return;
        }
        int size = sizes[partition];
        int[] slots = single[partition];
        if (slots == null) {
            slots = new int[FIRST];
            single[partition] = slots;
        } else if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
            single[partition] = slots;
        }
        int at = end(slots, size, slot);
        System.arraycopy(slots, at, slots, at + 1, size - at);
        slots[at] = slot;
        sizes[partition] = size + 1;
        if (size + 1 > BLOCK) {
            spread(partition);
        }
    }

    private void spread(int partition) {
        if (many.length <= partition) {
            many = Arrays.copyOf(many, Capacity.grown(partition + 1L));
        }
        many[partition] = new Blocks(single[partition], sizes[partition]);
        single[partition] = new int[FIRST];
    }

    /** Takes a slot out. */
    void remove(int partition, int slot) {
        Blocks blocks = blocks(partition);
        if (blocks != null) {
            blocks.remove(slot);
        } else {
            int[] slots = single[partition];
            int index = end(slots, sizes[partition], slot);
            System.arraycopy(slots, index + 1, slots, index, sizes[partition] - index - 1);
        }
        sizes[partition]--;
    }

    void clear(int partition) {
        sizes[partition] = 0;
        if (single[partition] != null && single[partition].length > FIRST) {
            single[partition] = new int[FIRST];
        }
        if (partition < many.length) {
            many[partition] = null;
        }
    }

    /** Copies the first slots of a partition. */
    void copyFirst(int partition, int count, int[] into) {
        Blocks blocks = blocks(partition);
        if (blocks != null) {
            blocks.copyFirst(count, into);
        } else if (count > 0) {
            System.arraycopy(single[partition], 0, into, 0, count);
        }
    }

    private int compare(int left, int right) {
        int order = keys.compare(left, right);
        if (order != 0) {
            return order;
        }
        int arrival = Long.compare(arrivals[left], arrivals[right]);
        return newestFirst ? -arrival : arrival;
    }

    /** Where a slot is, or would be put. */
    private int end(int[] slots, int size, int slot) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(slots[middle], slot) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Blocks of up to {@link #BLOCK} slots, none of them empty. */
    private final class Blocks {
        private int[][] blocks = new int[4][];
        private int[] counts = new int[4];
        private int used;

        Blocks(int[] slots, int size) {
            for (int from = 0; from < size; from += BLOCK / 2) {
                int count = Math.min(BLOCK / 2, size - from);
                int[] block = new int[BLOCK];
                System.arraycopy(slots, from, block, 0, count);
                insertBlock(used, block, count);
            }
        }

        private void insertBlock(int at, int[] block, int count) {
            if (used == blocks.length) {
                blocks = Arrays.copyOf(blocks, used * 2);
                counts = Arrays.copyOf(counts, used * 2);
            }
            System.arraycopy(blocks, at, blocks, at + 1, used - at);
            System.arraycopy(counts, at, counts, at + 1, used - at);
            blocks[at] = block;
            counts[at] = count;
            used++;
        }

        long bytes() {
            return 2L * HeapSize.HEADER
                    + HeapSize.ofReferences(blocks)
                    + HeapSize.of(counts)
                    + used * (HeapSize.HEADER + (long) BLOCK * Integer.BYTES);
        }

        int slot(int index) {
            int left = index;
            int block = 0;
            while (left >= counts[block]) {
                left -= counts[block++];
            }
            return blocks[block][left];
        }

        /** The block in which a slot is, or is put: the first that does not end before it, or the last. */
        private int blockFor(int slot) {
            int low = 0;
            int high = used - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (compare(blocks[middle][counts[middle] - 1], slot) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        void add(int slot) {
            int at = blockFor(slot);
            if (counts[at] == BLOCK) {
                int[] upper = new int[BLOCK];
                System.arraycopy(blocks[at], BLOCK / 2, upper, 0, BLOCK / 2);
                counts[at] = BLOCK / 2;
                insertBlock(at + 1, upper, BLOCK / 2);
                at = blockFor(slot);
            }
            int[] block = blocks[at];
            int index = SlotLists.this.end(block, counts[at], slot);
            System.arraycopy(block, index, block, index + 1, counts[at] - index);
            block[index] = slot;
            counts[at]++;
        }

        int last() {
            return blocks[used - 1][counts[used - 1] - 1];
        }

        void remove(int slot) {
            int at = blockFor(slot);
            int index = SlotLists.this.end(blocks[at], counts[at], slot);
            System.arraycopy(blocks[at], index + 1, blocks[at], index, counts[at] - index - 1);
            if (--counts[at] == 0 && used > 1) {
                System.arraycopy(blocks, at + 1, blocks, at, used - at - 1);
                System.arraycopy(counts, at + 1, counts, at, used - at - 1);
                used--;
            }
        }

        void copyFirst(int count, int[] into) {
            int copied = 0;
            for (int b = 0; copied < count; b++) {
                int some = Math.min(counts[b], count - copied);
                System.arraycopy(blocks[b], 0, into, copied, some);
                copied += some;
            }
        }
    }
}
