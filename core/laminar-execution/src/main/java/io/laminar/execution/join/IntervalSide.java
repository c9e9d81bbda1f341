package io.laminar.execution.join;

import io.laminar.execution.operator.Output;
import io.laminar.execution.window.PaneSplit;
import io.laminar.execution.window.WindowFrames;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.Arrays;

/**
 * One side of an interval join. A row at time {@code t} matches rows of the other side from {@code t + low} to {@code t +
 * high}, and can be forgotten when the watermark has passed {@code t + high}.
 */
final class IntervalSide {
    private static final long SHORTEST_SEGMENT = 100_000;
    private static final int SEGMENTS_PER_SPAN = 4;

    private final SideRows rows;
    private final long low;
    private final long high;
    /** Whether rows leave without a match. */
    private final boolean keepsAlone;

    private final TimeSegments segments;
    /** Segments of time of this side. */
    private final WindowFrames own;
    /** Stretches of time of this side whose earliest matches lie in one segment of the other side. */
    private final WindowFrames reach;

    private final PaneSplit split = new PaneSplit();
    /** Rows that may have to leave alone, by the time when that is certain. */
    private final TimeQueue waiting = new TimeQueue();

    private int[] matches = new int[16];

    IntervalSide(SideRows rows, long low, long high, boolean keepsAlone) {
        long width = Math.max(SHORTEST_SEGMENT, (high - low) / SEGMENTS_PER_SPAN);
        this.rows = rows;
        this.low = low;
        this.high = high;
        this.keepsAlone = keepsAlone;
        this.segments = new TimeSegments(width, rows::newKeyTable);
        this.own = new WindowFrames.Sliding(width, width, 0);
        this.reach = new WindowFrames.Sliding(width, width, Math.floorMod(-low, width));
    }

    SideRows rows() {
        return rows;
    }

    /** Whether a row can still find matches that come later. */
    boolean waits(long time, long watermark) {
        return time + high > watermark;
    }

    // Matching
    // ----------------------------------------------------------------------------------------------------------

    /** Takes pairs of a row that came and a row of the other side. */
    @FunctionalInterface
    interface Pairs {
        void add(int row, int other, Output out);
    }

    /**
     * Finds the matches of rows that came.
     *
     * @param selection which rows of the batch, none with a key that matches nothing
     * @param ids under which the rows of the batch are kept, by position in the batch
     */
    void probe(Batch batch, int[] selection, int count, int[] ids, IntervalSide other, Pairs pairs, Output out) {
        Column[] keys = rows.keyColumns(batch);
        SideRows.Selection usable = rows.matchable(keys, selection, count);
        if (usable.count() == 0) {
            return;
        }
        long[] times = new long[usable.count()];
        for (int i = 0; i < times.length; i++) {
            times[i] = batch.rowtime()[usable.rows()[i]];
        }
        split.split(times, times.length, reach);
        for (int p = 0; p < split.panes(); p++) {
            int size = split.count(p);
            int[] positions = split.rows(p);
            int[] part = new int[size];
            for (int i = 0; i < size; i++) {
                part[i] = usable.rows()[positions[i]];
            }
            long last = other.segments.number(split.end(p) - 1 + high);
            for (long number = other.segments.number(split.start(p) + low); number <= last; number++) {
                TimeSegments.Segment segment = other.segments.find(number);
                if (segment != null) {
                    probe(batch, part, size, ids, other, segment, pairs, out);
                }
            }
        }
    }

    private void probe(
            Batch batch,
            int[] part,
            int size,
            int[] ids,
            IntervalSide other,
            TimeSegments.Segment segment,
            Pairs pairs,
            Output out) {
        if (matches.length < size) {
            matches = new int[size];
        }
        segment.find(rows.keys(), part, size, matches);
        for (int i = 0; i < size; i++) {
            int at = segment.first(matches[i]);
            if (at == 0) {
                continue;
            }
            long time = batch.rowtime()[part[i]];
            int row = ids[part[i]];
            for (; at != 0; at = other.segments.next(at - 1)) {
                long distance = other.rows.rows().rowtime(at - 1) - time;
                if (distance >= low && distance <= high) {
                    pairs.add(row, at - 1, out);
                }
            }
        }
    }

    // Keeping
    // -----------------------------------------------------------------------------------------------------------

    /**
     * Lets rows that came be found by the other side, until they expire.
     *
     * @param selection which rows of the batch
     * @param ids under which the rows of the batch are kept, by position in the batch
     */
    void keep(Batch batch, int[] selection, int count, int[] ids) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = batch.rowtime()[selection[i]];
        }
        Column[] keys = rows.keyColumns(batch);
        split.split(times, count, own);
        for (int p = 0; p < split.panes(); p++) {
            int size = split.count(p);
            int[] positions = split.rows(p);
            int[] part = new int[size];
            for (int i = 0; i < size; i++) {
                part[i] = selection[positions[i]];
            }
            long number = segments.number(split.start(p));
            segments.add(number, idsOf(part, size, ids), size);
            SideRows.Selection usable = rows.matchable(keys, part, size);
            segments.index(
                    number,
                    rows.keys(),
                    usable.rows(),
                    idsOf(usable.rows(), usable.count(), ids),
                    usable.count(),
                    rows.rows().limit());
        }
        for (int i = 0; keepsAlone && i < count; i++) {
            int id = ids[selection[i]];
            if (!rows.isMatched(id)) {
                waiting.add(times[i] + high, id);
            }
        }
    }

    private static int[] idsOf(int[] selection, int count, int[] ids) {
        int[] found = new int[count];
        for (int i = 0; i < count; i++) {
            found[i] = ids[selection[i]];
        }
        return found;
    }

    // Expiry
    // ------------------------------------------------------------------------------------------------------------

    /** Rows that have found no match and can find none any more. */
    RowIds alone(long watermark) {
        RowIds due = new RowIds();
        waiting.poll(watermark, due);
        RowIds alone = new RowIds();
        for (int i = 0; i < due.size(); i++) {
            if (!rows.isMatched(due.get(i))) {
                alone.add(due.get(i));
                // It may stay with its segment for a while, but must not leave again.
                rows.match(due.get(i));
            }
        }
        return alone;
    }

    /** The watermark at which the next row may leave without a match. */
    long firstAlone() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstTime();
    }

    /** When rows without a match leave: not before it was certain that they have none. */
    long[] lastTimes(RowIds alone) {
        long[] times = rows.rows().rowtimes(alone.ids(), alone.size());
        long[] last = Arrays.copyOf(times, alone.size());
        for (int i = 0; high > 0 && i < last.length; i++) {
            last[i] += high;
        }
        return last;
    }

    /** Forgets rows for which no match can come. */
    void expire(long watermark) {
        if (watermark == Long.MAX_VALUE || watermark == Long.MIN_VALUE) {
            forget(watermark);
        } else {
            forget(watermark - high);
        }
    }

    private void forget(long time) {
        RowIds dropped = segments.drop(time);
        rows.remove(dropped.ids(), dropped.size());
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        return rows.bytes() + segments.bytes() + waiting.bytes();
    }
}
