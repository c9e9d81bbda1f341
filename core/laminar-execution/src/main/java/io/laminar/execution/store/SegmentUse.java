package io.laminar.execution.store;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** Which places of which segments hold rows, and where the next rows go. */
final class SegmentUse {

    /** Learns that rows of a segment are about to come. */
    interface Preparation {
        void prepare(int segment, int capacity);
    }

    private static final int WORDS = Segments.SIZE / Long.SIZE;
    private static final int NONE = -1;

    /** A bit per place that is taken. */
    private long[][] taken = new long[0][];

    private int[] live = new int[0];
    /** Whether a segment waits in {@link #reusable}. */
    private boolean[] waiting = new boolean[0];
    /** Segments with room for more rows. */
    private int[] reusable = new int[0];

    private int reusableCount;
    private int open = NONE;
    /** No place of the open segment before this one is free. */
    private int next = Segments.SIZE;

    private int segments;
    private int firstCapacity;
    private int size;

    int size() {
        return size;
    }

    int segments() {
        return segments;
    }

    int limit() {
        return segments == 1 ? firstCapacity : segments << Segments.SHIFT;
    }

    /**
     * Takes places for up to {@code wanted} rows in one segment, puts their ids into {@code ids} from {@code from} on and
     * returns how many it were; at least one.
     */
    int claim(int[] ids, int from, int wanted, Preparation preparation) {
        if (next == Segments.SIZE) {
            openSegment(preparation);
        }
        int count = Math.min(wanted, Segments.SIZE - next);
        if (open == 0) {
            growFirst(next + count, preparation);
        }
        int base = open << Segments.SHIFT;
        long[] bits = taken[open];
        int place = next;
        int claimed = 0;
        for (; claimed < count && place < Segments.SIZE; place++) {
            long bit = 1L << place;
            if ((bits[place >>> 6] & bit) == 0) {
                bits[place >>> 6] |= bit;
                ids[from + claimed++] = base | place;
            }
        }
        next = place;
        live[open] += claimed;
        size += claimed;
        return claimed;
    }

    /** The first segment begins small; until it has its full size, all places behind the last one given out are free. */
    private void growFirst(int limit, Preparation preparation) {
        if (limit > firstCapacity) {
            firstCapacity = Segments.capacity(0, limit);
            preparation.prepare(0, firstCapacity);
        }
    }

    private void openSegment(Preparation preparation) {
        if (open != NONE && live[open] <= Segments.SIZE / 2) {
            offer(open);
        }
        open = NONE;
        while (reusableCount > 0 && open == NONE) {
            int candidate = reusable[--reusableCount];
            waiting[candidate] = false;
            if (live[candidate] <= Segments.SIZE / 2) {
                open = candidate;
            }
        }
        boolean isNew = open == NONE;
        if (isNew) {
            open = segments++;
            if (open == taken.length) {
                int count = Math.max(4, open + (open >> 1));
                taken = Arrays.copyOf(taken, count);
                live = Arrays.copyOf(live, count);
                waiting = Arrays.copyOf(waiting, count);
            }
            taken[open] = new long[WORDS];
        }
        next = 0;
        if (open > 0 || !isNew) {
            preparation.prepare(open, Segments.SIZE);
        }
    }

    /** Frees a place; true if its segment has no rows now and is not being filled. */
    boolean remove(int id) {
        int segment = id >>> Segments.SHIFT;
        int place = id & Segments.MASK;
        taken[segment][place >>> 6] &= ~(1L << place);
        live[segment]--;
        size--;
        if (segment == open) {
            if (live[segment] == 0) {
                next = 0;
            }
            return false;
        }
        if (live[segment] <= Segments.SIZE / 2 && !waiting[segment]) {
            offer(segment);
        }
        return live[segment] == 0;
    }

    private void offer(int segment) {
        if (reusableCount == reusable.length) {
            reusable = Arrays.copyOf(reusable, Capacity.grown(reusableCount + 1L));
        }
        reusable[reusableCount++] = segment;
        waiting[segment] = true;
    }

    void clear() {
        segments = 0;
        reusableCount = 0;
        Arrays.fill(waiting, false);
        Arrays.fill(live, 0);
        open = NONE;
        next = Segments.SIZE;
        firstCapacity = 0;
        size = 0;
    }

    int[] ids() {
        int[] ids = new int[size];
        int count = 0;
        for (int segment = 0; segment < segments; segment++) {
            count = list(segment, ids, count);
        }
        return ids;
    }

    /** Sets a bit in the marks of all places that are taken. */
    void mark(byte[] marks, byte bit) {
        for (int segment = 0; segment < segments; segment++) {
            long[] bits = taken[segment];
            for (int word = 0; word < WORDS; word++) {
                int base = segment << Segments.SHIFT | word << 6;
                for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
                    marks[base | Long.numberOfTrailingZeros(rest)] |= bit;
                }
            }
        }
    }

    int[] ids(int segment) {
        int[] ids = new int[live[segment]];
        list(segment, ids, 0);
        return ids;
    }

    private int list(int segment, int[] ids, int from) {
        int count = from;
        long[] bits = taken[segment];
        for (int word = 0; word < WORDS; word++) {
            for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
                ids[count++] = segment << Segments.SHIFT | word << 6 | Long.numberOfTrailingZeros(rest);
            }
        }
        return count;
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        return live.length * (HeapSize.HEADER + (long) WORDS * Long.BYTES)
                + HeapSize.of(live)
                + HeapSize.of(waiting)
                + HeapSize.of(reusable);
    }
}
