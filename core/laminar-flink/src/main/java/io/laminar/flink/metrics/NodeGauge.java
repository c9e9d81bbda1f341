package io.laminar.flink.metrics;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;

/**
 * What one subtask of one plan node shows of itself, in one metric: as figures in this process, as a text to remote
 * clients. One thread writes, any may read.
 */
final class NodeGauge implements Gauge<String> {
    static final String NAME = NodeCounters.PREFIX + "figures";

    /** Batches after which the bytes of rows are measured anew. */
    private static final int MEASURE_EVERY = 16;

    private final LongSupplier clock;
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final Side in = new Side();
    private final Side out = new Side();
    private volatile long watermark = Long.MIN_VALUE;
    private volatile long stateBytes;
    private volatile long spilledBytes;
    private volatile long lateRows;
    private volatile long badRows;

    /** @param clock microseconds since 1970 */
    NodeGauge(LongSupplier clock) {
        this.clock = clock;
    }

    /** Rows in one direction. */
    private static final class Side {
        private int batches;
        private double bytesPerRow;
        private volatile long rows;
        private volatile long bytes;

        @SuppressWarnings("NonAtomicVolatileUpdate")
        void add(Batch batch) {
            int size = batch.size();
            if (size > 0 && batches++ % MEASURE_EVERY == 0) {
                long measured = (long) size * Long.BYTES;
                for (Column column : batch.columns()) {
                    measured += column.bytes();
                }
                bytesPerRow = (double) measured / size;
            }
            rows += size;
            bytes += (long) (size * bytesPerRow);
        }
    }

    void in(Batch batch) {
        in.add(batch);
    }

    void out(Batch batch) {
        out.add(batch);
    }

    /** Notes how late a batch is; rows without event time are not. */
    void arrived(Batch batch) {
        long time = batch.size() == 0 ? 0 : batch.rowtime()[batch.size() - 1];
        if (time > 0 && time != Long.MAX_VALUE) {
            long now = clock.getAsLong();
            latencies.record(now, now - time, batch.size());
        }
    }

    void watermark(long time) {
        watermark = time;
    }

    void state(long inMemory, long onDisk) {
        stateBytes = inMemory;
        spilledBytes = onDisk;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void late(long rows) {
        lateRows += rows;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void bad(long rows) {
        badRows += rows;
    }

    Figures figures() {
        return new Figures(
                new Counts(in.rows, out.rows, in.bytes, out.bytes, lateRows, badRows),
                Rates.NONE,
                Load.NONE,
                watermark,
                -1,
                -1,
                stateBytes,
                spilledBytes,
                latencies.latency(clock.getAsLong()));
    }

    @Override
    public String getValue() {
        Figures now = figures();
        Counts counts = now.counts();
        Latency latency = now.latency();
        StringBuilder text = new StringBuilder();
        long[] values = {
            counts.rowsIn(),
            counts.rowsOut(),
            counts.bytesIn(),
            counts.bytesOut(),
            counts.lateRows(),
            counts.badRows(),
            now.watermark(),
            now.stateBytes(),
            now.spilledBytes(),
            latency.p50(),
            latency.p95(),
            latency.p99()
        };
        for (long value : values) {
            text.append(text.isEmpty() ? "" : " ").append(value);
        }
        return text.toString();
    }

    /** What {@link #getValue} gave. */
    static Figures parse(String text) {
        String[] parts = text.split(" ");
        long[] v = new long[parts.length];
        for (int i = 0; i < v.length; i++) {
            v[i] = Long.parseLong(parts[i]);
        }
        return new Figures(
                new Counts(v[0], v[1], v[2], v[3], v[4], v[5]),
                Rates.NONE,
                Load.NONE,
                v[6],
                -1,
                -1,
                v[7],
                v[8],
                new Latency(v[9], v[10], v[11]));
    }
}
