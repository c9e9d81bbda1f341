package io.laminar.connector.kafka.sink;

import io.laminar.connector.kafka.client.KafkaFailures;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Encodes batches and gives the records to Flink's writer, which knows about transactions. */
@SuppressWarnings("try")
final class TopicWriter
        implements StatefulSinkWriter<Batch, KafkaWriterState>, CommittingSinkWriter<Batch, KafkaCommittable> {
    private final PrecommittingStatefulSinkWriter<ProducerRecord<byte[], byte[]>, KafkaWriterState, KafkaCommittable>
            writer;
    private final RecordEncoding encoding;
    private final KafkaFailures failures;

    TopicWriter(
            PrecommittingStatefulSinkWriter<ProducerRecord<byte[], byte[]>, KafkaWriterState, KafkaCommittable> writer,
            RecordEncoding encoding,
            KafkaFailures failures) {
        this.writer = writer;
        this.encoding = encoding;
        this.failures = failures;
    }

    @Override
    public void write(Batch batch, Context context) throws InterruptedException {
        try {
            encoding.encode(batch, record -> writer.write(record, context));
        } catch (IOException | RuntimeException e) {
            throw failures.of(e, ErrorCode.OUTPUT_FAILED);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        try {
            writer.flush(endOfInput);
        } catch (IOException | RuntimeException e) {
            throw failures.of(e, ErrorCode.OUTPUT_FAILED);
        }
    }

    @Override
    public Collection<KafkaCommittable> prepareCommit() throws InterruptedException {
        try {
            return writer.prepareCommit();
        } catch (IOException | RuntimeException e) {
            throw failures.of(e, ErrorCode.OUTPUT_FAILED);
        }
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpoint) {
        try {
            return writer.snapshotState(checkpoint);
        } catch (IOException | RuntimeException e) {
            throw failures.of(e, ErrorCode.OUTPUT_FAILED);
        }
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }
}
