package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;

/**
 * Collects rows until the checkpoint takes them. Its name is new at every start: a job that is started twice from one
 * checkpoint must not take the commits of one for those of the other.
 */
final class LedgerWriter implements StatefulSinkWriter<Batch, WriterNames>, CommittingSinkWriter<Batch, LedgerCommit> {
    /** What one subtask may hand to one checkpoint: several copies of it are made on the way. */
    static final long MOST_BYTES = 256L << 20;

    private final SinkSettings settings;
    private final String name = UUID.randomUUID().toString();
    private final ChangeBuffer buffer;
    private List<String> former;
    private List<byte[]> parts = new ArrayList<>();
    private long bytes;
    private long commits;

    LedgerWriter(SinkSettings settings, List<String> former) {
        this.settings = settings;
        this.former = former;
        buffer = new ChangeBuffer(settings.schema(), settings.key(), settings.batchRows());
    }

    @Override
    public void write(Batch batch, Context context) {
        int from = 0;
        while (from < batch.size()) {
            from += buffer.add(batch, from);
            if (buffer.isFull()) {
                encode();
            }
        }
    }

    private void encode() {
        byte[] part = EncodedChanges.encode(buffer.drain());
        parts.add(part);
        bytes += part.length;
        if (bytes > MOST_BYTES) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "table '" + settings.name() + "': more than " + (MOST_BYTES >> 20)
                            + " MB of rows wait for one checkpoint in one subtask",
                    "take checkpoints more often (SET checkpoint_interval), use more subtasks, or sink.exactly_once ="
                            + " 'xa', which writes rows at once");
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        if (!buffer.isEmpty()) {
            encode();
        }
    }

    @Override
    public Collection<LedgerCommit> prepareCommit() {
        if (parts.isEmpty()) {
            return List.of();
        }
        LedgerCommit commit = new LedgerCommit(name, ++commits, former, parts);
        former = List.of();
        parts = new ArrayList<>();
        bytes = 0;
        return List.of(commit);
    }

    @Override
    public List<WriterNames> snapshotState(long checkpoint) {
        List<String> names = new ArrayList<>(former);
        names.add(name);
        return List.of(new WriterNames(names));
    }

    @Override
    public void close() {}
}
