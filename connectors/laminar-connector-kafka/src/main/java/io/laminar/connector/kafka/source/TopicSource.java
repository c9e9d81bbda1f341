package io.laminar.connector.kafka.source;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.kafka.client.ClientSettings;
import io.laminar.connector.kafka.client.KafkaFailures;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.initializer.NoStoppingOffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics with the enumerator of Flink's Kafka source and readers of our own: Flink finds partitions, assigns,
 * checkpoints and restores them; how a partition is read is decided here.
 */
public final class TopicSource implements Source<Batch, KafkaPartitionSplit, KafkaSourceEnumState> {
    /** Records of one poll; a few batches. */
    private static final int POLL_RECORDS = 16_384;

    /** Bytes fetched of one partition at once. */
    private static final int PARTITION_FETCH = 4 << 20;

    /** The system sizes the buffers of connections: with Kafka's own 64 KB large fetches come in many small pieces. */
    private static final int RECEIVE_BUFFER = -1;

    private static final long MICROS_PER_MILLI = 1_000;

    private final TableLayout layout;
    private final Properties settings;
    private final KafkaSubscriber topics;
    private final OffsetsInitializer start;
    private final OffsetsInitializer stop;
    private final Boundedness boundedness;
    private final String table;
    private final String servers;

    private TopicSource(TableDescriptor table, TableLayout layout, String jobName) {
        OptionValues options = table.options();
        this.layout = layout;
        this.table = table.name();
        this.servers = options.text(KafkaOptions.BOOTSTRAP_SERVERS);
        this.settings = consumerSettings(table, jobName);
        this.topics = new SubscribedTopics(
                topics(options), options.findText(KafkaOptions.TOPIC_PATTERN).orElse(null), this.table, servers);
        this.start = new StartingOffsets(Start.of(options.text(KafkaOptions.OFFSET)));
        boolean ends = options.bool(KafkaOptions.BOUNDED);
        this.stop = ends ? new StartingOffsets(new Start.Latest()) : new NoStoppingOffsetsInitializer();
        this.boundedness = ends ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    /**
     * @param key how the record's key is decoded into the columns of the table's PRIMARY KEY; null if it is not
     * @param jobName names the use of the table in its job
     */
    public static TopicSource of(TableDescriptor table, @Nullable FormatSpec key, String jobName) {
        return new TopicSource(table, TableLayout.of(table, key), jobName);
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
        set(settings, ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BUFFER);
        set(settings, KafkaSourceOptions.CLIENT_ID_PREFIX.key(), "laminar-" + jobName);
        settings.putAll(ClientSettings.of(table));
        // Each subtask's consumer has a name of its own.
        String name = settings.getProperty(ConsumerConfig.CLIENT_ID_CONFIG);
        if (name != null) {
            set(settings, KafkaSourceOptions.CLIENT_ID_PREFIX.key(), name);
        }
        set(settings, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        set(settings, ConsumerConfig.ISOLATION_LEVEL_CONFIG, options.text(KafkaOptions.READ_MODE));
        settings.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        boolean ends = options.bool(KafkaOptions.BOUNDED);
        long discovery = ends ? 0 : options.duration(KafkaOptions.DISCOVERY) / MICROS_PER_MILLI;
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
        return boundedness;
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
        PartitionDecoder decoder = new PartitionDecoder(layout, bad);
        PartitionFetchers fetchers = new PartitionFetchers(
                () -> new PartitionReader(own, decoder, Clock.systemUTC(), metrics, new KafkaFailures(table, servers)));
        return new TopicReader(fetchers, context, metrics, settings.containsKey(ConsumerConfig.GROUP_ID_CONFIG));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return new KafkaSourceEnumerator(topics, start, stop, settings, context, boundedness);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint) {
        boolean complete = boundedness == Boundedness.BOUNDED && checkpoint.initialDiscoveryFinished();
        KafkaSubscriber found = complete ? KafkaSubscriber.getPartitionSetSubscriber(partitions(checkpoint)) : topics;
        KafkaSourceEnumerator enumerator =
                new KafkaSourceEnumerator(found, start, stop, settings, context, boundedness, checkpoint);
        return complete ? new RestoredEnumerator(enumerator, context) : enumerator;
    }

    private static Set<TopicPartition> partitions(KafkaSourceEnumState checkpoint) {
        return Stream.of(checkpoint.assignedSplits(), checkpoint.unassignedSplits())
                .flatMap(Collection::stream)
                .map(KafkaPartitionSplit::getTopicPartition)
                .collect(Collectors.toSet());
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new KafkaPartitionSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return new KafkaSourceEnumStateSerializer();
    }
}
