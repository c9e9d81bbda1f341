package io.laminar.execution.topn;

import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** Keys by the time of their row, the earliest first: a binary heap in two arrays. */
final class CandidateQueue {
    private long[] times = new long[16];
    private int[] keys = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    long firstTime() {
        return times[0];
    }

    void add(long time, int key) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
        }
        int at = size++;
        while (at > 0 && times[(at - 1) >>> 1] > time) {
            int parent = (at - 1) >>> 1;
            times[at] = times[parent];
            keys[at] = keys[parent];
            at = parent;
        }
        times[at] = time;
        keys[at] = key;
    }

    /** Takes out the key with the earliest time. */
    int poll() {
        int first = keys[0];
        size--;
        long time = times[size];
        int key = keys[size];
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
            keys[at] = keys[child];
            at = child;
            child = 2 * at + 1;
        }
        times[at] = time;
        keys[at] = key;
        return first;
    }

    long bytes() {
        return HeapSize.of(times) + HeapSize.of(keys);
    }
}
