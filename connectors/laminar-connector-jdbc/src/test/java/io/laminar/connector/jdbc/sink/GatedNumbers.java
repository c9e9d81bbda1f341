package io.laminar.connector.jdbc.sink;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** The numbers from 0 on, read by one subtask, of which only those below a limit leave. */
final class GatedNumbers extends NumberSequenceSource {
    private static CompletableFuture<Void> opening = new CompletableFuture<>();
    private static long limit;

    GatedNumbers(long count) {
        super(0, count - 1);
    }

    /** From now on numbers below this may leave. */
    static synchronized void open(long below) {
        limit = below;
        CompletableFuture<Void> waiting = opening;
        opening = new CompletableFuture<>();
        waiting.complete(null);
    }

    private static synchronized @Nullable CompletableFuture<Void> gate(long number) {
        return number < limit ? null : opening;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new Reader(super.createReader(context));
    }

    /** Looks at the gate before it reads on. */
    private static final class Reader implements SourceReader<Long, NumberSequenceSplit> {
        private final SourceReader<Long, NumberSequenceSplit> numbers;

        Reader(SourceReader<Long, NumberSequenceSplit> numbers) {
            this.numbers = numbers;
        }

        @Override
        public void start() {
            numbers.start();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output) throws Exception {
            return gate() != null ? InputStatus.NOTHING_AVAILABLE : numbers.pollNext(output);
        }

        /** What to wait for, if the next number may not leave yet. */
        private @Nullable CompletableFuture<Void> gate() {
            List<NumberSequenceSplit> splits = numbers.snapshotState(0);
            return splits.isEmpty() ? null : GatedNumbers.gate(splits.get(0).from());
        }

        @Override
        public List<NumberSequenceSplit> snapshotState(long checkpoint) {
            return numbers.snapshotState(checkpoint);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            CompletableFuture<Void> gate = gate();
            return gate != null ? gate : numbers.isAvailable();
        }

        @Override
        public void addSplits(List<NumberSequenceSplit> splits) {
            numbers.addSplits(splits);
        }

        @Override
        public void notifyNoMoreSplits() {
            numbers.notifyNoMoreSplits();
        }

        /** Numbers hold nothing open. */
        @Override
        public void close() {}
    }
}
