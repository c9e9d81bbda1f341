package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.OverFrame;
import java.util.Arrays;

/**
 * How long after its last row a partition is needed, if event time decides that: then it is forgotten when that time has
 * passed.
 */
final class PartitionSpan {
    private final OverEvaluation evaluation;
    private final boolean finite;
    private final long span;

    /** By partition: the event time of its last row. */
    private long[] lastTimes = new long[0];
    /** Partitions in the order of event times at which they were touched. */
    private int[] partitions = new int[64];

    private long[] times = new long[64];
    private int head;
    private int tail;

    PartitionSpan(OverEvaluation evaluation) {
        this.evaluation = evaluation;
        long longest = 0;
        for (OverFrame frame : evaluation.frames()) {
            if (frame.start() instanceof OverFrame.Offset offset) {
                longest = Math.max(longest, -offset.distance().longValue());
            }
        }
        this.finite = evaluation.endsByTime();
        this.span = Math.max(longest, evaluation.timeAhead());
    }

    /** Learns rows that have got their places. */
    void touched(int[] slots) {
        if (!finite) {
            return;
        }
        reserve();
        OverRows rows = evaluation.rows();
        for (int slot : slots) {
            int partition = rows.partitions()[slot];
            long time = rows.times()[slot];
            if (time > lastTimes[partition]) {
                lastTimes[partition] = time;
                push(partition, time);
            }
        }
    }

    private void push(int partition, long time) {
        if (tail == partitions.length) {
            int count = tail - head;
            int capacity = count > partitions.length / 2 ? Capacity.grown(tail + 1L) : partitions.length;
            int[] movedPartitions = new int[capacity];
            long[] movedTimes = new long[capacity];
            System.arraycopy(partitions, head, movedPartitions, 0, count);
            System.arraycopy(times, head, movedTimes, 0, count);
            partitions = movedPartitions;
            times = movedTimes;
            head = 0;
            tail = count;
        }
        partitions[tail] = partition;
        times[tail++] = time;
    }

    /** The event time of the last row of a partition, to be kept. */
    long lastTime(int partition) {
        return partition < lastTimes.length ? lastTimes[partition] : Long.MIN_VALUE;
    }

    /** Takes what {@link #lastTime} gave, for all partitions at once. */
    void restore(int[] ids, long[] latest) {
        if (!finite) {
            return;
        }
        reserve();
        for (int i = 0; i < ids.length; i++) {
            lastTimes[ids[i]] = latest[i];
        }
        int[] sorted = ids.clone();
        SlotOrder.sort(sorted, 0, sorted.length, lastTimes);
        for (int partition : sorted) {
            if (lastTimes[partition] != Long.MIN_VALUE) {
                push(partition, lastTimes[partition]);
            }
        }
    }

    private void reserve() {
        int before = lastTimes.length;
        int limit = evaluation.keys().limit();
        if (before < limit) {
            lastTimes = Arrays.copyOf(lastTimes, Capacity.grown(limit));
            Arrays.fill(lastTimes, before, lastTimes.length, Long.MIN_VALUE);
        }
    }

    /** Forgets partitions that no row to come can look at. */
    void expire(long watermark, OverFlow flow) {
        int[] gone = new int[16];
        int count = 0;
        while (head < tail && (watermark == Long.MAX_VALUE || times[head] < watermark - span + 1)) {
            int partition = partitions[head];
            if (lastTimes[partition] == times[head] && !flow.isBusy(partition)) {
                if (count == gone.length) {
                    gone = Arrays.copyOf(gone, count * 2);
                }
                gone[count++] = partition;
                lastTimes[partition] = Long.MIN_VALUE;
            }
            head++;
        }
        if (count > 0) {
            evaluation.forget(gone, count);
        }
    }

    long bytes() {
        return HeapSize.of(lastTimes) + HeapSize.of(partitions) + HeapSize.of(times);
    }
}
