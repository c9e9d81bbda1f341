package io.laminar.execution.window;

import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** Sessions by end, the earliest first: a binary heap in two arrays. */
final class EndQueue {
    private long[] ends = new long[16];
    private int[] sessions = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    long firstEnd() {
        return ends[0];
    }

    void add(long end, int session) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            sessions = Arrays.copyOf(sessions, size * 2);
        }
        int at = size++;
        while (at > 0 && ends[(at - 1) >>> 1] > end) {
            int parent = (at - 1) >>> 1;
            ends[at] = ends[parent];
            sessions[at] = sessions[parent];
            at = parent;
        }
        ends[at] = end;
        sessions[at] = session;
    }

    /** Takes out the session with the earliest end. */
    int poll() {
        int first = sessions[0];
        size--;
        long end = ends[size];
        int session = sessions[size];
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && ends[child + 1] < ends[child]) {
                child++;
            }
            if (ends[child] >= end) {
                break;
            }
            ends[at] = ends[child];
            sessions[at] = sessions[child];
            at = child;
            child = 2 * at + 1;
        }
        ends[at] = end;
        sessions[at] = session;
        return first;
    }

    long bytes() {
        return HeapSize.of(ends) + HeapSize.of(sessions);
    }
}
