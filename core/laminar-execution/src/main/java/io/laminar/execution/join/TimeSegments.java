package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.store.RowInts;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a store by segment of event time and, within a segment, by key. A segment is dropped as a whole once its last
 * row has expired, so nothing is searched to find what expires.
 */
final class TimeSegments {

    /** The rows of one stretch of time. Rows of one key are a chain. */
    static final class Segment {
        private final KeyTable keys;
        private final RowIds rows = new RowIds();
        /** First row + 1 of each key; 0 for none. */
        private int[] heads = new int[16];

        private Segment(KeyTable keys) {
            this.keys = keys;
        }

        /** Sets {@code ids[i]} to the key of row {@code selection[i]}. */
        void find(KeyRows batch, int[] selection, int count, int[] ids) {
            keys.find(batch, selection, count, ids);
        }

        /** The first row of a key + 1; 0 if there is none. */
        int first(int key) {
            return key == KeyTable.ABSENT ? 0 : heads[key];
        }
    }

    private final long width;
    private final Supplier<KeyTable> tables;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    /** Next row + 1 of the same key and segment. */
    private final RowInts next = new RowInts();

    private int[] ids = new int[16];

    /** @param width of a segment in microseconds */
    TimeSegments(long width, Supplier<KeyTable> tables) {
        this.width = width;
        this.tables = tables;
    }

    /** The number of the segment with this time. */
    long number(long time) {
        return Math.floorDiv(time, width);
    }

    /** The rows of a segment; null if there are none. */
    @Nullable
    Segment find(long number) {
        return segments.get(number);
    }

    /** The row behind another in its chain + 1; 0 behind the last. */
    int next(int row) {
        return next.get(row);
    }

    /** Adds rows, so that they expire with a segment. */
    void add(long number, int[] rows, int count) {
        segment(number).rows.add(rows, count);
    }

    /**
     * Lets rows be found by their keys.
     *
     * @param batch the keys that {@code selection} numbers
     * @param rows the rows themselves, beside {@code selection}
     * @param limit all rows are below it
     */
    void index(long number, KeyRows batch, int[] selection, int[] rows, int count, int limit) {
        Segment segment = segment(number);
        next.reserve(limit);
        if (ids.length < count) {
            ids = new int[Capacity.grown(count)];
        }
        segment.keys.lookup(batch, selection, count, ids);
        if (segment.heads.length < segment.keys.limit()) {
            segment.heads = Arrays.copyOf(segment.heads, Capacity.grown(segment.keys.limit()));
        }
        for (int i = 0; i < count; i++) {
            next.set(rows[i], segment.heads[ids[i]]);
            segment.heads[ids[i]] = rows[i] + 1;
        }
    }

    private Segment segment(long number) {
        return segments.computeIfAbsent(number, n -> new Segment(tables.get()));
    }

    /** Drops the segments all of whose times are at or before {@code time} and returns their rows. */
    RowIds drop(long time) {
        RowIds dropped = new RowIds();
        while (!segments.isEmpty() && (segments.firstKey() + 1) * width - 1 <= time) {
            RowIds rows = segments.pollFirstEntry().getValue().rows;
            dropped.add(rows.ids(), rows.size());
        }
        return dropped;
    }

    /** Heap that is taken beside the rows, nearly. */
    long bytes() {
        long bytes = next.bytes();
        for (Segment segment : segments.values()) {
            bytes += HeapSize.TREE_ENTRY + segment.keys.bytes() + segment.rows.bytes() + HeapSize.of(segment.heads);
        }
        return bytes;
    }
}
