package io.laminar.flink.testing;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Splits of numbers that are read as far as the table's script allows. */
final class NumbersSource implements Source<Batch, NumbersSource.Split, List<NumbersSource.Split>> {
    private static final int BATCH = 5;

    private final String table;

    NumbersSource(String table) {
        this.table = table;
    }

    /** A split and how far it has been read. */
    record Split(int number, long position) implements SourceSplit {
        @Override
        public String splitId() {
            return String.valueOf(number);
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<Split, List<Split>> createEnumerator(SplitEnumeratorContext<Split> context) {
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < Script.named(table).splits; i++) {
            splits.add(new Split(i, 0));
        }
        return new Enumerator(context, splits);
    }

    @Override
    public SplitEnumerator<Split, List<Split>> restoreEnumerator(
            SplitEnumeratorContext<Split> context, List<Split> checkpoint) {
        return new Enumerator(context, checkpoint);
    }

    @Override
    public SourceReader<Batch, Split> createReader(SourceReaderContext context) {
        return new Reader(Script.named(table), context);
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<Split>> getEnumeratorCheckpointSerializer() {
        return new SplitsSerializer();
    }

    /** Hands splits out as they are asked for. */
    private static final class Enumerator implements SplitEnumerator<Split, List<Split>> {
        private final SplitEnumeratorContext<Split> context;
        private final Deque<Split> open;

        Enumerator(SplitEnumeratorContext<Split> context, List<Split> open) {
            this.context = context;
            this.open = new ArrayDeque<>(open);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {
            Split next = open.poll();
            if (next == null) {
                context.signalNoMoreSplits(subtask);
            } else {
                context.assignSplit(next, subtask);
            }
        }

        @Override
        public void addSplitsBack(List<Split> splits, int subtask) {
            open.addAll(splits);
        }

        @Override
        public void addReader(int subtask) {}

        @Override
        public List<Split> snapshotState(long checkpointId) {
            return List.copyOf(open);
        }

        @Override
        public void close() {}
    }

    /** Reads its splits in turns, a batch at a time. */
    private static final class Reader implements SourceReader<Batch, Split> {
        private final Script script;
        private final SourceReaderContext context;
        private final Deque<Split> splits = new ArrayDeque<>();
        private final List<Split> waiting = new ArrayList<>();
        private boolean noMore;
        private boolean checkpointed;
        private long seenLimit;
        private CompletableFuture<Void> available = new CompletableFuture<>();

        Reader(Script script, SourceReaderContext context) {
            this.script = script;
            this.context = context;
        }

        @Override
        public void start() {
            for (int i = 0; i <= script.splits; i++) {
                context.sendSplitRequest();
            }
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Batch> output) {
            long limit = script.limit();
            if (limit != seenLimit) {
                seenLimit = limit;
                splits.addAll(waiting);
                waiting.clear();
            }
            Split split = splits.poll();
            if (split == null) {
                return waiting.isEmpty() && noMore ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            if (split.position() >= script.failAt && script.failAt >= 0 && !checkpointed && !script.hasFailed()) {
                splits.add(split);
                return InputStatus.NOTHING_AVAILABLE;
            }
            if (script.failNow(split.position())) {
                throw new IllegalStateException("failure on purpose");
            }
            long end = Math.min(split.position() + BATCH, Math.min(limit, script.rows));
            if (end > split.position()) {
                output.createOutputForSplit(split.splitId()).collect(rows(split.position(), end));
            }
            Split next = new Split(split.number(), end);
            if (end == limit) {
                script.splitReachedLimit();
            }
            if (end == limit && end < script.rows) {
                waiting.add(next);
            } else if (end < script.rows) {
                splits.add(next);
            } else {
                output.releaseOutputForSplit(split.splitId());
            }
            return splits.isEmpty() && waiting.isEmpty() && noMore
                    ? InputStatus.END_OF_INPUT
                    : splits.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
        }

        private Batch rows(long from, long to) {
            int size = (int) (to - from);
            long[] keys = new long[size];
            long[] values = new long[size];
            long[] times = new long[size];
            for (int i = 0; i < size; i++) {
                values[i] = from + i;
                keys[i] = script.key(values[i]);
                times[i] = values[i] * 1_000_000;
            }
            Column[] columns = {
                new LongColumn(keys, null, size), new LongColumn(values, null, size), new LongColumn(times, null, size)
            };
            return new Batch(size, columns, new long[size], null);
        }

        @Override
        public List<Split> snapshotState(long checkpointId) {
            List<Split> all = new ArrayList<>(splits);
            all.addAll(waiting);
            return all;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.anyOf(script.movedFrom(seenLimit), available)
                    .thenApply(any -> null);
        }

        private void wake() {
            CompletableFuture<Void> sleeping = available;
            available = new CompletableFuture<>();
            sleeping.complete(null);
        }

        @Override
        public void addSplits(List<Split> added) {
            splits.addAll(added);
            wake();
        }

        @Override
        public void notifyNoMoreSplits() {
            noMore = true;
            wake();
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
            script.heardOf(checkpointId);
            wake();
        }

        @Override
        public void close() {
            script.closeReader();
        }
    }

    private static final class SplitSerializer implements SimpleVersionedSerializer<Split> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Split split) {
            return ByteBuffer.allocate(12)
                    .putInt(split.number())
                    .putLong(split.position())
                    .array();
        }

        @Override
        public Split deserialize(int version, byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Split(buffer.getInt(), buffer.getLong());
        }
    }

    private static final class SplitsSerializer implements SimpleVersionedSerializer<List<Split>> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(List<Split> splits) {
            ByteBuffer buffer = ByteBuffer.allocate(12 * splits.size());
            splits.forEach(s -> buffer.putInt(s.number()).putLong(s.position()));
            return buffer.array();
        }

        @Override
        public List<Split> deserialize(int version, byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            List<Split> splits = new ArrayList<>();
            while (buffer.hasRemaining()) {
                splits.add(new Split(buffer.getInt(), buffer.getLong()));
            }
            return splits;
        }
    }
}
