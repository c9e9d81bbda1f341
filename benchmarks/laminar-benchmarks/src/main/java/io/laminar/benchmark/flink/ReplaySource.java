package io.laminar.benchmark.flink;

import io.laminar.benchmark.Stopwatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Replays {@link ReplayedRows}: subtask {@code i} of {@code n} gives every n-th block. Blocks are emitted in one poll, so
 * that the rows pay as little as possible for the way into the job.
 */
final class ReplaySource implements Source<RowData, NumberSequenceSource.NumberSequenceSplit, Integer> {
    private static final int BLOCK = 4096;
    private static final int POLL = 128;

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RowData, NumberSequenceSource.NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new Reader(context.getIndexOfSubtask(), context.currentParallelism());
    }

    @Override
    public SplitEnumerator<NumberSequenceSource.NumberSequenceSplit, Integer> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSource.NumberSequenceSplit> context) {
        return new NoSplits();
    }

    @Override
    public SplitEnumerator<NumberSequenceSource.NumberSequenceSplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSource.NumberSequenceSplit> context, Integer state) {
        return new NoSplits();
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSource.NumberSequenceSplit> getSplitSerializer() {
        return new NumberSequenceSource(0, 1).getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new NoState();
    }

    /** Readers know what to read by their index. */
    private static final class NoSplits implements SplitEnumerator<NumberSequenceSource.NumberSequenceSplit, Integer> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @org.jspecify.annotations.Nullable String host) {}

        @Override
        public void addSplitsBack(List<NumberSequenceSource.NumberSequenceSplit> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public Integer snapshotState(long checkpoint) {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static final class NoState implements SimpleVersionedSerializer<Integer> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Integer state) {
            return new byte[0];
        }

        @Override
        public Integer deserialize(int version, byte[] bytes) {
            return 0;
        }
    }

    private static final class Reader implements SourceReader<RowData, NumberSequenceSource.NumberSequenceSplit> {
        private final RowData[] rows = ReplayedRows.get();
        private final int stride;
        private int at;

        Reader(int subtask, int parallelism) {
            at = subtask * BLOCK;
            stride = parallelism * BLOCK;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RowData> output) {
            Stopwatch.started();
            int end = Math.min(rows.length, Math.min(at + POLL, at - at % BLOCK + BLOCK));
            for (int i = at; i < end; i++) {
                output.collect(rows[i]);
            }
            at = end % BLOCK == 0 ? end - BLOCK + stride : end;
            return at < rows.length ? InputStatus.MORE_AVAILABLE : InputStatus.END_OF_INPUT;
        }

        @Override
        public List<NumberSequenceSource.NumberSequenceSplit> snapshotState(long checkpoint) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<NumberSequenceSource.NumberSequenceSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}
