package io.laminar.flink.source;

import io.laminar.flink.metrics.NodeCounters;
import io.laminar.spi.batch.Batch;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Gives batches their event time and hands them on, to the output of the split they came from. */
final class TimedOutput implements ReaderOutput<Batch> {
    private final ReaderOutput<Batch> target;
    private final EventTime eventTime;
    private final NodeCounters counters;

    TimedOutput(ReaderOutput<Batch> target, EventTime eventTime, NodeCounters counters) {
        this.target = target;
        this.eventTime = eventTime;
        this.counters = counters;
    }

    ReaderOutput<Batch> target() {
        return target;
    }

    private Batch timed(Batch batch) {
        if (batch.lane() == Batch.Lane.SKIPPED) {
            return batch.withRowtime(eventTime.of(batch));
        }
        if (batch.lane() != Batch.Lane.MAIN) {
            counters.count("dead_letters", batch.size());
            return batch;
        }
        counters.in(batch);
        counters.out(batch);
        long[] times = eventTime.of(batch);
        return times == batch.rowtime() ? batch : batch.withRowtime(times);
    }

    @Override
    public void collect(Batch batch) {
        target.collect(timed(batch));
    }

    @Override
    public void collect(Batch batch, long timestamp) {
        target.collect(timed(batch), timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        target.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
        target.markIdle();
    }

    @Override
    public void markActive() {
        target.markActive();
    }

    @Override
    public SourceOutput<Batch> createOutputForSplit(String splitId) {
        return new SplitOutput(target.createOutputForSplit(splitId));
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        target.releaseOutputForSplit(splitId);
    }

    private final class SplitOutput implements SourceOutput<Batch> {
        private final SourceOutput<Batch> split;

        SplitOutput(SourceOutput<Batch> split) {
            this.split = split;
        }

        @Override
        public void collect(Batch batch) {
            split.collect(timed(batch));
        }

        @Override
        public void collect(Batch batch, long timestamp) {
            split.collect(timed(batch), timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            split.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            split.markIdle();
        }

        @Override
        public void markActive() {
            split.markActive();
        }
    }
}
