package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverFrame.Bound;
import io.laminar.plan.node.OverFrame.Current;
import io.laminar.plan.node.OverFrame.First;
import io.laminar.plan.node.OverFrame.Offset;
import java.util.Arrays;

/**
 * Where a frame stands in every partition. Both ends only ever move on, so every row enters once and leaves once. The
 * frame uses a row until it has left or, if rows stay for ever, until it has entered.
 */
final class FrameCursor {
    private static final int NONE = OverRows.NONE;

    private final OverFrame frame;
    private final OverRows rows;
    private final FrameMeasure measure;
    private final Edge start;
    private final Edge end;
    private final boolean keepsAll;
    private final OverSteps steps = new OverSteps();

    /** By partition: the first row that has not left; {@link OverRows#NONE} behind the last row. */
    private int[] starts = new int[0];
    /** By partition: the first row that has not entered. */
    private int[] ends = new int[0];
    /** By partition: the greatest event time that has entered. */
    private long[] reached = new long[0];

    FrameCursor(OverFrame frame, OverRows rows, FrameMeasure measure) {
        this.frame = frame;
        this.rows = rows;
        this.measure = measure;
        this.start = Edge.of(frame.start(), frame.unit());
        this.end = Edge.of(frame.end(), frame.unit());
        this.keepsAll = frame.keepsAll();
    }

    boolean keepsAll() {
        return keepsAll;
    }

    OverFrame frame() {
        return frame;
    }

    /** Heap that the frames take, nearly. */
    long bytes() {
        return HeapSize.of(starts) + HeapSize.of(ends) + HeapSize.of(reached);
    }

    void reservePartitions(int count) {
        int before = ends.length;
        if (before < count) {
            starts = Arrays.copyOf(starts, Capacity.grown(count));
            ends = Arrays.copyOf(ends, starts.length);
            reached = Arrays.copyOf(reached, starts.length);
            Arrays.fill(starts, before, starts.length, NONE);
            Arrays.fill(ends, before, starts.length, NONE);
            Arrays.fill(reached, before, starts.length, Long.MIN_VALUE);
        }
    }

    /** Learns that rows have got their places. */
    void appended(int[] slots, int count) {
        int[] partitions = rows.partitions();
        for (int i = 0; i < count; i++) {
            int partition = partitions[slots[i]];
            if (ends[partition] == NONE) {
                ends[partition] = slots[i];
            }
            if (starts[partition] == NONE) {
                starts[partition] = slots[i];
            }
        }
    }

    /** Moves on to rows, which come in order within their partitions. The result is valid until the next call. */
    OverSteps move(int[] current, int count) {
        steps.begin(current, count, rows);
        long[] values = measured();
        int[] next = rows.next();
        long[] times = rows.times();
        for (int i = 0; i < count; i++) {
            int partition = steps.partitions[i];
            long low = bound(start, values[current[i]]);
            long high = bound(end, values[current[i]]);
            int in = ends[partition];
            if (!keepsAll) {
                int out = starts[partition];
                while (out != in && values[out] < low) {
                    steps.leave(out);
                    out = next[out];
                }
                if (out == in) {
                    while (in != NONE && values[in] < low) {
                        steps.pass(in);
                        in = next[in];
                    }
                    out = in;
                }
                starts[partition] = out;
            }
            while (in != NONE && values[in] <= high) {
                steps.enter(in);
                reached[partition] = Math.max(reached[partition], times[in]);
                in = next[in];
            }
            ends[partition] = in;
            steps.reached[i] = reached[partition];
            steps.leftEnds[i] = steps.leftCount;
            steps.enteredEnds[i] = steps.enteredCount;
        }
        return steps;
    }

    private long[] measured() {
        if (frame.unit() == OverFrame.Unit.ROWS) {
            return rows.positions();
        }
        return frame.measures() ? measure.values() : rows.peers();
    }

    private long bound(Edge edge, long value) {
        return switch (edge.kind()) {
            case FIRST -> Long.MIN_VALUE;
            case LAST -> Long.MAX_VALUE;
            case CURRENT -> value;
            case ROWS -> value + edge.distance();
            case RANGE -> measure.moved(value, edge.distance(), edge.floating());
        };
    }

    private enum Kind {
        FIRST,
        LAST,
        CURRENT,
        ROWS,
        RANGE
    }

    /** A bound as numbers. */
    private record Edge(Kind kind, long distance, double floating) {

        static Edge of(Bound bound, OverFrame.Unit unit) {
            if (bound instanceof Offset offset) {
                Kind kind = unit == OverFrame.Unit.ROWS ? Kind.ROWS : Kind.RANGE;
                return new Edge(
                        kind, offset.distance().longValue(), offset.distance().doubleValue());
            }
            Kind kind = bound instanceof First ? Kind.FIRST : bound instanceof Current ? Kind.CURRENT : Kind.LAST;
            return new Edge(kind, 0, 0);
        }
    }

    /** How many rows of a partition are in the frame, if rows leave it. */
    long size(int partition) {
        return place(ends[partition], partition) - place(starts[partition], partition);
    }

    /** The rows of a partition that are in the frame, if rows leave it. */
    int[] inside(int partition) {
        int[] slots = new int[(int) size(partition)];
        int slot = starts[partition];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot;
            slot = rows.next()[slot];
        }
        return slots;
    }

    /** After the results of the last {@link #move} have been computed: lets rows go that the frame does not need. */
    void release() {
        if (keepsAll) {
            rows.release(steps.entered, steps.enteredCount);
        } else {
            rows.release(steps.left, steps.leftCount);
        }
        rows.release(steps.passed, steps.passedCount);
    }

    /** Lets go all rows of partitions, in which no row waits for its results. */
    void clear(int[] ids, int count) {
        int[] next = rows.next();
        for (int i = 0; i < count; i++) {
            int partition = ids[i];
            steps.passedCount = 0;
            for (int slot = keepsAll ? ends[partition] : starts[partition]; slot != NONE; slot = next[slot]) {
                steps.pass(slot);
            }
            rows.release(steps.passed, steps.passedCount);
            forget(partition);
        }
    }

    /** Begins anew in partitions whose rows are dropped by others. */
    void forget(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            forget(ids[i]);
        }
    }

    private void forget(int partition) {
        starts[partition] = NONE;
        ends[partition] = NONE;
        reached[partition] = Long.MIN_VALUE;
    }

    /** The places of both ends; the size of the partition where they stand behind the last row. */
    long[][] places(int[] ids, int count) {
        long[][] places = new long[2][count];
        for (int i = 0; i < count; i++) {
            places[0][i] = place(starts[ids[i]], ids[i]);
            places[1][i] = place(ends[ids[i]], ids[i]);
        }
        return places;
    }

    private long place(int slot, int partition) {
        return slot == NONE ? rows.sizes()[partition] : rows.positions()[slot];
    }

    /**
     * Takes a row that was there when the state was written, in the order of places.
     *
     * @param first the place of the first row that had not left
     * @param behind the place of the first row that had not entered
     * @return whether the row is in the frame
     */
    boolean restore(int slot, long first, long behind) {
        int partition = rows.partitions()[slot];
        long position = rows.positions()[slot];
        if (position >= behind) {
            rows.use(slot);
            if (ends[partition] == NONE) {
                ends[partition] = slot;
            }
        }
        if (keepsAll || position < first) {
            return false;
        }
        if (starts[partition] == NONE) {
            starts[partition] = slot;
        }
        if (position < behind) {
            rows.use(slot);
            return true;
        }
        return false;
    }
}
