package io.laminar.execution.async;

import io.laminar.spi.batch.Batch;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Batches that wait for answers, in the order in which they came, and the watermarks that came between them: each may go
 * on when all batches before it have left.
 *
 * @param <B> a batch and what is known of its answers
 */
public final class HeldBatches<B> {
    /** Rows that wait for a slow answer before them: enough for full batches on both sides of it. */
    private static final int ROWS = 4 * Batch.TARGET_ROWS;

    private final Deque<Entry<B>> entries = new ArrayDeque<>();
    private final int most;
    private int rows;
    private long watermark = Long.MIN_VALUE;

    private static final class Entry<B> {
        private final B batch;
        private final int rows;
        /** The last one that came behind the batch and before the next. */
        private long watermark = Long.MIN_VALUE;

        Entry(B batch, int rows) {
            this.batch = batch;
            this.rows = rows;
        }
    }

    /** @param underWay so many rows have room in any case */
    public HeldBatches(int underWay) {
        this.most = Math.max(ROWS, underWay);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether there is room for so many more rows; a batch that would be the only one always has it. */
    public boolean hasRoomFor(int more) {
        return rows == 0 || rows + more <= most;
    }

    public void add(B batch, int size) {
        entries.add(new Entry<>(batch, size));
        rows += size;
    }

    /** The batch that came first. */
    public B first() {
        return entries.element().batch;
    }

    /** Lets the first batch go, after its rows have been emitted. */
    public void removeFirst() {
        Entry<B> first = entries.remove();
        rows -= first.rows;
        watermark = Math.max(watermark, first.watermark);
    }

    /** A watermark comes behind all batches that are here. */
    public void addWatermark(long time) {
        if (entries.isEmpty()) {
            watermark = time;
        } else {
            entries.getLast().watermark = time;
        }
    }

    /** The last watermark before which no batch waits. */
    public long watermark() {
        return watermark;
    }
}
