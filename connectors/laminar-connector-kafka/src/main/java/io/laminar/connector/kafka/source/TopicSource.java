package io.laminar.connector.kafka.source;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.kafka.client.ClientSettings;
import io.laminar.connector.kafka.client.KafkaFailures;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Flink's Kafka source with readers of our own: Flink finds partitions, assigns, checkpoints and restores them; how a
 * partition is read is decided here.
 */
public final class TopicSource implements Source<Batch, KafkaPartitionSplit, KafkaSourceEnumState> {
    /** Records of one poll; a few batches. */
    private static final int POLL_RECORDS = 16_384;

    /** Bytes fetched of one partition at once. */
    private static final int PARTITION_FETCH = 4 << 20;

    private static final long MICROS_PER_MILLI = 1_000;

    private final KafkaSource<Batch> kafka;
    private final TableLayout layout;
    private final Properties settings;
    private final String table;
    private final String servers;

    private TopicSource(
            KafkaSource<Batch> kafka, TableLayout layout, Properties settings, String table, String servers) {
        this.kafka = kafka;
        this.layout = layout;
        this.settings = settings;
        this.table = table;
        this.servers = servers;
    }

    /**
     * @param key how the record's key is decoded into the columns of the table's PRIMARY KEY; null if it is not
     * @param jobName names the use of the table in its job
     */
    public static TopicSource of(TableDescriptor table, @Nullable FormatSpec key, String jobName) {
        OptionValues options = table.options();
        String servers = options.text(KafkaOptions.BOOTSTRAP_SERVERS);
        Properties settings = consumerSettings(table, jobName);
        KafkaSourceBuilder<Batch> builder = KafkaSource.<Batch>builder()
                .setProperties(settings)
                .setKafkaSubscriber(new SubscribedTopics(
                        topics(options),
                        options.findText(KafkaOptions.TOPIC_PATTERN).orElse(null),
                        table.name(),
                        servers))
                .setStartingOffsets(new StartingOffsets(Start.of(options.text(KafkaOptions.OFFSET))))
                .setDeserializer(new NotDeserialized());
        if (options.bool(KafkaOptions.BOUNDED)) {
            builder.setBounded(new StartingOffsets(new Start.Latest()));
        }
        return new TopicSource(builder.build(), TableLayout.of(table, key), settings, table.name(), servers);
    }

    @SuppressWarnings("unchecked")
    private static List<String> topics(OptionValues options) {
        return (List<String>) options.find(KafkaOptions.TOPIC).orElse(List.of());
    }

    private static Properties consumerSettings(TableDescriptor table, String jobName) {
        OptionValues options = table.options();
        Properties settings = new Properties();
        set(settings, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        set(settings, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH);
        set(settings, KafkaSourceOptions.CLIENT_ID_PREFIX.key(), "laminar-" + jobName);
        settings.putAll(ClientSettings.of(table));
        set(settings, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        set(settings, ConsumerConfig.ISOLATION_LEVEL_CONFIG, options.text(KafkaOptions.READ_MODE));
        settings.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        long discovery = options.duration(KafkaOptions.DISCOVERY) / MICROS_PER_MILLI;
        set(settings, KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), discovery == 0 ? -1 : discovery);
        group(options, jobName).ifPresent(group -> set(settings, ConsumerConfig.GROUP_ID_CONFIG, group));
        return settings;
    }

    private static Optional<String> group(OptionValues options, String jobName) {
        Optional<String> id = options.findText(KafkaOptions.GROUP_ID);
        return id.isPresent()
                ? id
                : options.findText(KafkaOptions.GROUP_ID_PREFIX).map(p -> p + "-" + jobName);
    }

    private static void set(Properties settings, String name, Object value) {
        settings.setProperty(name, String.valueOf(value));
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SourceReader<Batch, KafkaPartitionSplit> createReader(SourceReaderContext context) {
        KafkaSourceReaderMetrics metrics = new KafkaSourceReaderMetrics(context.metricGroup());
        BadRecordLog bad = new BadRecordLog(
                layout.badData(), context.metricGroup().counter(BadRecordLog.BAD_RECORDS), Clock.systemUTC());
        Properties own = new Properties();
        own.putAll(settings);
        set(
                own,
                ConsumerConfig.CLIENT_ID_CONFIG,
                settings.getProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key()) + "-" + context.getIndexOfSubtask());
        PartitionFetchers fetchers = new PartitionFetchers(() -> new PartitionReader(
                own, new PartitionDecoder(layout, bad, Clock.systemUTC()), metrics, new KafkaFailures(table, servers)));
        return new TopicReader(fetchers, context, metrics, settings.containsKey(ConsumerConfig.GROUP_ID_CONFIG));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return kafka.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
            throws java.io.IOException {
        return kafka.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    /** Flink's builder asks for one; its readers, which would use it, are not used. */
    private static final class NotDeserialized implements KafkaRecordDeserializationSchema<Batch> {
        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Batch> out) {
            throw new IllegalStateException("records are decoded by " + PartitionDecoder.class.getSimpleName());
        }

        @Override
        public TypeInformation<Batch> getProducedType() {
            return TypeInformation.of(Batch.class);
        }
    }
}
