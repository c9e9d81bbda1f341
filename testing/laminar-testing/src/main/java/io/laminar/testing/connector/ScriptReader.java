package io.laminar.testing.connector;

import io.laminar.spi.batch.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Emits what the script appends for its subtask, watermarks included. */
final class ScriptReader implements SourceReader<Batch, ScriptSplit> {

    private final ScriptLog log;
    private CompletableFuture<Void> assigned = new CompletableFuture<>();
    private @Nullable ScriptSplit split;

    /** Whether the reader has yet to say how far event time had come where it starts again. */
    private boolean restored;

    ScriptReader(ScriptLog log) {
        this.log = log;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Batch> output) {
        ScriptSplit at = split;
        if (at != null && log.failNow(at.subtask())) {
            throw new IllegalStateException("failure on purpose");
        }
        if (at != null && restored) {
            restored = false;
            log.watermarkBefore(at.subtask(), at.position()).ifPresent(t -> output.emitWatermark(new Watermark(t)));
        }
        if (at == null || !log.has(at.subtask(), at.position())) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        ScriptLog.Entry entry = log.read(at.subtask(), at.position());
        ScriptSplit next = new ScriptSplit(at.subtask(), at.position() + 1);
        split = next;
        if (entry instanceof ScriptLog.Entry.Rows rows) {
            output.collect(rows.batch());
        } else if (entry instanceof ScriptLog.Entry.Watermark mark) {
            output.emitWatermark(new Watermark(mark.time()));
        }
        log.emitted(next.subtask(), next.position());
        return entry instanceof ScriptLog.Entry.End ? InputStatus.END_OF_INPUT : InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<ScriptSplit> snapshotState(long checkpoint) {
        ScriptSplit at = split;
        return at == null ? List.of() : List.of(at);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        ScriptSplit at = split;
        return at == null ? assigned : log.available(at.subtask(), at.position());
    }

    @Override
    public void addSplits(List<ScriptSplit> splits) {
        if (split != null || splits.size() != 1) {
            throw new IllegalStateException("a scripted source cannot be restored at another parallelism");
        }
        ScriptSplit given = splits.get(0);
        split = given;
        log.started(given.subtask(), given.position());
        restored = true;
        assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
}
