package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** Rows that the watermark has not passed, in the order of their event times; rows of one time in order of arrival. */
final class PendingRows {
    private int[] sorted = new int[16];
    private int head;
    private int tail;
    private int[] incoming = new int[16];
    private int incomingCount;

    int count() {
        return tail - head + incomingCount;
    }

    void add(int[] slots, int count) {
        if (incoming.length - incomingCount < count) {
            incoming = Arrays.copyOf(incoming, Capacity.grown((long) incomingCount + count));
        }
        System.arraycopy(slots, 0, incoming, incomingCount, count);
        incomingCount += count;
    }

    /** Takes out the rows with times up to {@code watermark}. */
    int[] take(long watermark, long[] times) {
        settle(times);
        int end = SlotOrder.firstAbove(sorted, head, tail, watermark, times);
        int[] taken = Arrays.copyOfRange(sorted, head, end);
        head = end;
        return taken;
    }

    /** All rows in order. */
    int[] all(long[] times) {
        settle(times);
        return Arrays.copyOfRange(sorted, head, tail);
    }

    private void settle(long[] times) {
        if (incomingCount == 0) {
            return;
        }
        SlotOrder.sort(incoming, 0, incomingCount, times);
        // So many rows stay where they are.
        int kept = SlotOrder.firstAbove(sorted, head, tail, times[incoming[0]], times) - head;
        makeRoom(incomingCount);
        int at = head + kept;
        if (at == tail) {
            System.arraycopy(incoming, 0, sorted, tail, incomingCount);
        } else {
            int[] later = Arrays.copyOfRange(sorted, at, tail);
            SlotOrder.merge(later, 0, later.length, incoming, 0, incomingCount, sorted, at, times);
        }
        tail += incomingCount;
        incomingCount = 0;
    }

    private void makeRoom(int added) {
        if (sorted.length - tail >= added) {
            return;
        }
        int count = tail - head;
        int[] target = head > sorted.length / 2 && sorted.length - count >= added
                ? sorted
                : new int[Capacity.grown((long) count + added)];
        System.arraycopy(sorted, head, target, 0, count);
        sorted = target;
        head = 0;
        tail = count;
    }

    long bytes() {
        return HeapSize.of(sorted) + HeapSize.of(incoming);
    }
}
