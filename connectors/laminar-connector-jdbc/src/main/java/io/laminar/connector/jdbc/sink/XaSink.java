package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.InitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes rows as they come into a transaction, which is prepared before each checkpoint and committed after it: the
 * database keeps it meanwhile, whatever happens to the job.
 *
 * @param owner the use of the table by a job, the same whenever the job goes on
 */
public record XaSink(SinkSettings settings, String owner, Waiting waiting)
        implements Sink<Batch>, SupportsWriterState<Batch, WriterNames>, SupportsCommitter<TransactionId> {

    public XaSink(SinkSettings settings, String owner) {
        this(settings, owner, Waiting.real());
    }

    @Override
    public XaWriter createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public XaWriter restoreWriter(WriterInitContext context, Collection<WriterNames> states) throws IOException {
        XaWriter writer = new XaWriter(this, context);
        try {
            writer.undoLeftOvers(
                    states.stream().flatMap(s -> s.names().stream()).toList());
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
    public SimpleVersionedSerializer<WriterNames> getWriterStateSerializer() {
        return new WriterNames.Serializer();
    }

    @Override
    public Committer<TransactionId> createCommitter(CommitterInitContext context) {
        return new XaCommitter(settings, waiting, start(context));
    }

    /** A number for this start of the job, very likely another at the next. */
    static int start(InitContext context) {
        return Objects.hash(
                context.getJobInfo().getJobId(), context.getTaskInfo().getAttemptNumber());
    }

    @Override
    public SimpleVersionedSerializer<TransactionId> getCommittableSerializer() {
        return new TransactionId.Serializer();
    }
}
