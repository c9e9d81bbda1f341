package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** Rows by time, the earliest first: a binary heap in two arrays. Rows that come in order of time cost no sifting. */
final class TimeQueue {
    private long[] times = new long[16];
    private int[] rows = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest time. */
    long firstTime() {
        return times[0];
    }

    void add(long time, int row) {
        if (size == times.length) {
            int capacity = Capacity.grown(size + 1L);
            times = Arrays.copyOf(times, capacity);
            rows = Arrays.copyOf(rows, capacity);
        }
        int at = size++;
        while (at > 0 && times[(at - 1) >>> 1] > time) {
            int parent = (at - 1) >>> 1;
            times[at] = times[parent];
            rows[at] = rows[parent];
            at = parent;
        }
        times[at] = time;
        rows[at] = row;
    }

    /** Takes out the row with the earliest time. */
    int poll() {
        int first = rows[0];
        size--;
        long time = times[size];
        int row = rows[size];
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= time) {
                break;
            }
            times[at] = times[child];
            rows[at] = rows[child];
            at = child;
            child = 2 * at + 1;
        }
        times[at] = time;
        rows[at] = row;
        return first;
    }

    /** Takes out all rows with a time up to this one, the earliest first. */
    void poll(long time, RowIds into) {
        while (size > 0 && times[0] <= time) {
            into.add(poll());
        }
    }

    long bytes() {
        return HeapSize.of(times) + HeapSize.of(rows);
    }
}
