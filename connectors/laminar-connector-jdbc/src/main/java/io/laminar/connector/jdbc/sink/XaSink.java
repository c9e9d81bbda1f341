package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import java.io.IOException;
import java.io.InterruptedIOException;
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
 * Writes rows as they come into a transaction, which is prepared before each checkpoint and committed after it: the
 * database keeps it meanwhile, whatever happens to the job.
 */
public record XaSink(SinkSettings settings, Waiting waiting)
        implements Sink<Batch>, SupportsWriterState<Batch, TransactionOwner>, SupportsCommitter<TransactionId> {

    public XaSink(SinkSettings settings) {
        this(settings, Waiting.real());
    }

    @Override
    public XaWriter createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public XaWriter restoreWriter(WriterInitContext context, Collection<TransactionOwner> states)
            throws IOException {
        XaWriter writer = new XaWriter(settings, waiting, context);
        try {
            writer.undoLeftOvers(states);
            return writer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            writer.close();
            throw new InterruptedIOException("interrupted while transactions were looked for");
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public SimpleVersionedSerializer<TransactionOwner> getWriterStateSerializer() {
        return new TransactionOwner.Serializer();
    }

    @Override
    public Committer<TransactionId> createCommitter(CommitterInitContext context) {
        return new XaCommitter(
                settings,
                waiting,
                context.getJobInfo().getJobId().getBytes(),
                context.getTaskInfo().getAttemptNumber());
    }

    @Override
    public SimpleVersionedSerializer<TransactionId> getCommittableSerializer() {
        return new TransactionId.Serializer();
    }
}
