package io.laminar.connector.kafka.sink;

import io.laminar.connector.JobContext;
import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.kafka.KafkaOptions.CommitMode;
import io.laminar.connector.kafka.KafkaOptions.LostTransaction;
import io.laminar.connector.kafka.KafkaOptions.Partitioning;
import io.laminar.connector.kafka.client.Brokers;
import io.laminar.connector.kafka.client.ClientSettings;
import io.laminar.connector.kafka.client.KafkaFailures;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Flink's Kafka sink, with batches in front of it. */
public final class TopicSink
        implements Sink<Batch>,
                SupportsCommitter<KafkaCommittable>,
                SupportsWriterState<Batch, KafkaWriterState>,
                SupportsPostCommitTopology<KafkaCommittable> {
    private static final long MICROS_PER_MILLI = 1_000;

    /** Bytes of records that are sent to a partition together, if they come fast enough. */
    private static final int SENT_TOGETHER = 128 << 10;

    private final KafkaSink<ProducerRecord<byte[], byte[]>> kafka;
    private final RecordLayout layout;
    private final TableDescriptor table;
    private final boolean strict;

    private TopicSink(
            KafkaSink<ProducerRecord<byte[], byte[]>> kafka,
            RecordLayout layout,
            TableDescriptor table,
            boolean strict) {
        this.kafka = kafka;
        this.layout = layout;
        this.table = table;
        this.strict = strict;
    }

    /** Refuses a table that cannot be written, without asking the brokers. */
    public static void check(TableDescriptor table, @Nullable FormatSpec key, List<String> keyNames) {
        RecordLayout.of(table, key, keyNames);
        producerSettings(table);
    }

    /**
     * @param key how the key is encoded; null for records without a key
     * @param keyNames its columns
     * @throws LaminarException if checkpoints are further apart than transactions may be open
     */
    public static TopicSink of(TableDescriptor table, @Nullable FormatSpec key, List<String> keyNames, JobContext job) {
        OptionValues options = table.options();
        RecordLayout layout = RecordLayout.of(table, key, keyNames);
        boolean exactlyOnce = options.choice(KafkaOptions.COMMIT_MODE, CommitMode.class) == CommitMode.EXACTLY_ONCE;
        Properties settings = producerSettings(table);
        var builder = KafkaSink.<ProducerRecord<byte[], byte[]>>builder()
                .setKafkaProducerConfig(settings)
                .setRecordSerializer(new AsIs(layout.topic()))
                .setDeliveryGuarantee(exactlyOnce ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE);
        if (exactlyOnce) {
            checkInterval(table, job.checkpointInterval());
            builder.setTransactionalIdPrefix(
                    options.findText(KafkaOptions.TRANSACTION_PREFIX).orElse("laminar") + "-" + job.name());
        }
        boolean strict = options.choice(KafkaOptions.LOST_TRANSACTION, LostTransaction.class) == LostTransaction.FAIL;
        return new TopicSink(builder.build(), layout, table, strict);
    }

    private static Properties producerSettings(TableDescriptor table) {
        Properties settings = new Properties();
        settings.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(SENT_TOGETHER));
        settings.putAll(ClientSettings.of(table));
        long timeout = table.options().duration(KafkaOptions.TRANSACTION_TIMEOUT) / MICROS_PER_MILLI;
        settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(timeout));
        return settings;
    }

    /** A transaction is open from one checkpoint to the next; Kafka must not give it up before. */
    private static void checkInterval(TableDescriptor table, Duration checkpoints) {
        Duration timeout = Duration.of(table.options().duration(KafkaOptions.TRANSACTION_TIMEOUT), ChronoUnit.MICROS);
        if (checkpoints.compareTo(timeout) >= 0) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "table '" + table.name() + "': checkpoints are " + checkpoints.toSeconds()
                            + " s apart, and Kafka gives a transaction up after " + timeout.toSeconds()
                            + " s: no checkpoint could ever be committed",
                    "SET checkpoint_interval = '10 seconds', or lengthen " + KafkaOptions.TRANSACTION_TIMEOUT.name());
        }
    }

    @Override
    public SinkWriter<Batch> createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<Batch, KafkaWriterState> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> recovered) {
        KafkaFailures failures =
                new KafkaFailures(table.name(), table.options().text(KafkaOptions.BOOTSTRAP_SERVERS), layout.topic());
        try {
            RecordEncoding encoding =
                    new RecordEncoding(layout, context.getTaskInfo().getIndexOfThisSubtask(), partitions());
            WriterInitContext explained = new ExplainedContext(context, failures);
            return new TopicWriter(kafka.restoreWriter(explained, recovered), encoding, failures);
        } catch (RuntimeException e) {
            throw failures.of(e, ErrorCode.OUTPUT_FAILED);
        }
    }

    /** The topic's partitions, where rows are assigned to them here. */
    private int partitions() {
        if (layout.partitioning() == Partitioning.KEY && layout.partition() < 0) {
            return 0;
        }
        try (Brokers brokers = Brokers.of(table)) {
            return brokers.partitions(layout.topic());
        }
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return kafka.getWriterStateSerializer();
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
        Committer<KafkaCommittable> committer = kafka.createCommitter(context);
        return strict ? new StrictCommitter(committer, table) : committer;
    }

    @Override
    public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
        return kafka.getCommittableSerializer();
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committed) {
        kafka.addPostCommitTopology(committed);
    }
}
