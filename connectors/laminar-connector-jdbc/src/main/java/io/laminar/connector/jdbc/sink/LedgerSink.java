package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Keeps rows in the checkpoint and writes them when it is complete, in one transaction with a note of that in the
 * {@link Ledger}. Exactly once in any database with transactions, with or without a key.
 */
public record LedgerSink(SinkSettings settings, Waiting waiting)
        implements Sink<Batch>, SupportsWriterState<Batch, WriterNames>, SupportsCommitter<LedgerCommit> {

    public LedgerSink(SinkSettings settings) {
        this(settings, Waiting.real());
    }

    @Override
    public LedgerWriter createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public LedgerWriter restoreWriter(WriterInitContext context, Collection<WriterNames> states) {
        return new LedgerWriter(
                settings, states.stream().flatMap(s -> s.names().stream()).toList());
    }

    @Override
    public SimpleVersionedSerializer<WriterNames> getWriterStateSerializer() {
        return new WriterNames.Serializer();
    }

    @Override
    public Committer<LedgerCommit> createCommitter(CommitterInitContext context) {
        return new LedgerCommitter(settings, waiting, context.metricGroup().counter(RefusedRows.COUNTER));
    }

    @Override
    public SimpleVersionedSerializer<LedgerCommit> getCommittableSerializer() {
        return new LedgerCommitSerializer();
    }
}
