package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes rows as they come, and all of them before a checkpoint.
 *
 * @param owner the use of the table by a job, the same whenever the job goes on
 */
public record DirectSink(SinkSettings settings, String owner, Waiting waiting) implements Sink<Batch> {

    public DirectSink(SinkSettings settings, String owner) {
        this(settings, owner, Waiting.real());
    }

    @Override
    public SinkWriter<Batch> createWriter(WriterInitContext context) {
        return new DirectWriter(settings, owner, waiting, context);
    }
}
