package io.laminar.execution.topn;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.topn.RankedRows.Visible;
import java.util.Arrays;

/** The partitions that may have changed since their rows were last emitted, with the rows that were. */
final class PendingPartitions {
    private final RankedRows ranked;
    private Visible[] before = new Visible[0];
    private boolean[] pending = new boolean[0];
    private int[] partitions = new int[16];
    private int count;

    PendingPartitions(RankedRows ranked) {
        this.ranked = ranked;
    }

    void reserve(int limit) {
        if (pending.length < limit) {
            pending = Arrays.copyOf(pending, Capacity.grown(limit));
            before = Arrays.copyOf(before, pending.length);
        }
    }

    /** Remembers what a partition shows, before it changes. */
    void touch(int partition) {
        if (!pending[partition]) {
            add(partition, ranked.visible(partition));
        }
    }

    /** Takes over what a partition showed before a restart. */
    void restore(int partition, Visible visible) {
        add(partition, visible);
    }

    private void add(int partition, Visible visible) {
        pending[partition] = true;
        before[partition] = visible;
        ranked.show(visible);
        if (count == partitions.length) {
            partitions = Arrays.copyOf(partitions, Capacity.grown(count + 1L));
        }
        partitions[count++] = partition;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isPending(int partition) {
        return partition < pending.length && pending[partition];
    }

    Visible before(int partition) {
        return before[partition];
    }

    int count() {
        return count;
    }

    int partition(int index) {
        return partitions[index];
    }

    /** Forgets what all partitions showed. */
    void clear() {
        for (int i = 0; i < count; i++) {
            int partition = partitions[i];
            ranked.unshow(before[partition]);
            before[partition] = RankedRows.NONE;
            pending[partition] = false;
        }
        count = 0;
        if (partitions.length > 1 << 16) {
            partitions = new int[16];
        }
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        return HeapSize.of(pending)
                + HeapSize.of(partitions)
                + HeapSize.ofReferences(before)
                + HeapSize.sampled(count, i -> before[partitions[i]], PendingPartitions::bytes);
    }

    private static long bytes(Visible visible) {
        return visible.count() == 0
                ? 0
                : 2L * HeapSize.HEADER + HeapSize.of(visible.slots()) + HeapSize.of(visible.ranks());
    }
}
