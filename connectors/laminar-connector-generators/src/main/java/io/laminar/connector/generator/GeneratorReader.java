package io.laminar.connector.generator;

import io.laminar.spi.batch.Batch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Makes the blocks of its splits in order of their number, at the pace asked for. */
final class GeneratorReader implements SourceReader<Batch, GeneratorSplit> {
    private final RowGenerator generator;
    private final Pace pace;
    private final int subtask;
    private final Clock clock;
    private final PriorityQueue<GeneratorSplit> splits =
            new PriorityQueue<>((a, b) -> Long.compare(a.next(), b.next()));
    private final Map<String, SourceOutput<Batch>> outputs = new HashMap<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;

    /** The clock starts with the first block made here, so that a restored job does not race to catch up. */
    private long startNanos = -1;

    private long startBlock;

    GeneratorReader(RowGenerator generator, Pace pace, int subtask, Clock clock) {
        this.generator = generator;
        this.pace = pace;
        this.subtask = subtask;
        this.clock = clock;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Batch> output) {
        GeneratorSplit split = splits.peek();
        if (split == null) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        int rows = pace.rows(split.next());
        if (rows == 0) {
            splits.remove();
            outputs.remove(split.splitId());
            output.releaseOutputForSplit(split.splitId());
            return InputStatus.MORE_AVAILABLE;
        }
        long wait = nanosUntilDue(split.next());
        if (wait > 0) {
            available = new CompletableFuture<Void>().completeOnTimeout(null, wait, TimeUnit.NANOSECONDS);
            return InputStatus.NOTHING_AVAILABLE;
        }
        long first = pace.firstRow(split.next());
        SourceOutput<Batch> target = outputs.computeIfAbsent(split.splitId(), output::createOutputForSplit);
        Batch batch = generator.generate(first, rows, subtask, clock.millis() * 1_000);
        if (batch.size() > 0) {
            target.collect(batch);
        }
        Batch skipped = generator.skipped(first, rows);
        if (skipped != null) {
            target.collect(skipped);
        }
        splits.remove();
        splits.add(split.advanced());
        return InputStatus.MORE_AVAILABLE;
    }

    private long nanosUntilDue(long block) {
        if (pace.rate() <= 0) {
            return 0;
        }
        long now = System.nanoTime();
        if (startNanos < 0) {
            startNanos = now;
            startBlock = block;
        }
        return startNanos + pace.dueNanos(block - startBlock) - now;
    }

    @Override
    public List<GeneratorSplit> snapshotState(long checkpoint) {
        return new ArrayList<>(splits);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<GeneratorSplit> added) {
        splits.addAll(added);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() {}
}
