package io.laminar.connector.kafka;

import io.laminar.connector.Capability;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.JobContext;
import io.laminar.connector.MetadataField;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.kafka.KafkaOptions.CommitMode;
import io.laminar.connector.kafka.client.Brokers;
import io.laminar.connector.kafka.sink.TopicSink;
import io.laminar.connector.kafka.source.Start;
import io.laminar.connector.kafka.source.TopicSource;
import io.laminar.connector.probe.ProbingConnector;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/** {@code connector = 'kafka'}: a table is one or more topics. */
public final class KafkaConnector implements SourceConnector, SinkConnector, ProbingConnector {

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String description() {
        return "Topics of Kafka: read as a stream, as the last row per key or as changes; written once or at least once.";
    }

    @Override
    public List<Option> options() {
        return KafkaOptions.ALL;
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SOURCE, TableUse.SINK);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.REQUIRED;
    }

    @Override
    public Optional<String> subject(TableDescriptor table) {
        return topic(table).map(topic -> topic + "-value");
    }

    /** The table's topic, if it is a single one. */
    static Optional<String> topic(TableDescriptor table) {
        List<String> topics = topics(table.options());
        return topics.size() == 1 ? Optional.of(topics.get(0)) : Optional.empty();
    }

    @Override
    public List<MetadataField> metadata() {
        return KafkaMetadata.FIELDS;
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return table.options().bool(KafkaOptions.BOUNDED);
    }

    /** A table with a key, whose format carries no changes itself, has the last row of each key. */
    @Override
    public ChangelogSupport changelog(TableDescriptor table) {
        if (format(table).changelog()) {
            return ChangelogSupport.RETRACT;
        }
        return RecordKey.replaces(table) ? ChangelogSupport.UPSERT : ChangelogSupport.APPEND;
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return changelog(table);
    }

    private static Format format(TableDescriptor table) {
        return Formats.named(Objects.requireNonNull(table.format()).format());
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        if (!(format(table) instanceof RecordFormat)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "format '" + format(table).name() + "' is for files and not for records of Kafka");
        }
        if (use == TableUse.SINK) {
            checkSink(table);
        } else {
            checkSource(table);
        }
    }

    private void checkSource(TableDescriptor table) {
        OptionValues options = table.options();
        List<String> topics = topics(options);
        String pattern = options.findText(KafkaOptions.TOPIC_PATTERN).orElse(null);
        if (topics.isEmpty() == (pattern == null)) {
            throw new LaminarException(
                    pattern == null ? ErrorCode.MISSING_OPTION : ErrorCode.INVALID_OPTION,
                    "table '" + table.name() + "' is read from topic or from topic_pattern",
                    "topic = 'name', or topic_pattern = 'orders-.*'");
        }
        checkPattern(pattern);
        checkStart(options);
        RecordKey.read(table);
        try (Brokers brokers = Brokers.of(table)) {
            topics.forEach(brokers::partitions);
            if (pattern != null) {
                brokers.checkPattern(pattern);
            }
        }
    }

    private static void checkPattern(@Nullable String pattern) {
        try {
            if (pattern != null) {
                Pattern.compile(pattern);
            }
        } catch (PatternSyntaxException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "topic_pattern is no regular expression: " + e.getDescription() + " at " + e.getIndex());
        }
    }

    private static void checkStart(OptionValues options) {
        Start start = Start.of(options.text(KafkaOptions.OFFSET));
        boolean group = options.has(KafkaOptions.GROUP_ID) || options.has(KafkaOptions.GROUP_ID_PREFIX);
        if (start instanceof Start.Group && !group) {
            throw new LaminarException(
                    ErrorCode.MISSING_OPTION,
                    "source.offset = 'group' needs the consumer group",
                    "source.group_id = 'name'");
        }
        if (options.has(KafkaOptions.GROUP_ID) && options.has(KafkaOptions.GROUP_ID_PREFIX)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, "source.group_id and source.group_id_prefix are both given", "keep one");
        }
    }

    private void checkSink(TableDescriptor table) {
        KafkaMetadata.checkWritable(table);
        TopicSink.check(table, RecordKey.written(table), RecordKey.columns(table));
        OptionValues options = table.options();
        try (Brokers brokers = Brokers.of(table)) {
            topics(options).forEach(brokers::partitions);
            if (options.choice(KafkaOptions.COMMIT_MODE, CommitMode.class) == CommitMode.EXACTLY_ONCE) {
                checkTimeout(table, brokers.longestTransaction());
            }
        }
    }

    private static void checkTimeout(TableDescriptor table, long longest) {
        long timeout = table.options().duration(KafkaOptions.TRANSACTION_TIMEOUT);
        if (timeout > longest) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "table '" + table.name() + "': sink.transaction_timeout is "
                            + Duration.of(timeout, ChronoUnit.MICROS).toSeconds() + " s, and the brokers allow "
                            + Duration.of(longest, ChronoUnit.MICROS).toSeconds() + " s",
                    "shorten it, or raise transaction.max.timeout.ms of the brokers");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> topics(OptionValues options) {
        return (List<String>) options.find(KafkaOptions.TOPIC).orElse(List.of());
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        return source(table, alone());
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table, JobContext job) {
        return TopicSource.of(table, RecordKey.read(table), job.name());
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return sink(table, alone());
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table, JobContext job) {
        return TopicSink.of(table, RecordKey.written(table), RecordKey.columns(table), job);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.values());
    }

    // Asking ----------------------------------------------------------------------------------------------------------

    @Override
    public SystemReport reach(OptionValues connection) {
        try (Brokers brokers = Brokers.of(connection)) {
            return brokers.cluster();
        }
    }

    @Override
    public Map<String, String> facts(TableDescriptor table, TableUse use) {
        Map<String, String> facts = new TreeMap<>();
        AclOperation operation = use == TableUse.SINK ? AclOperation.WRITE : AclOperation.READ;
        try (Brokers brokers = Brokers.of(table)) {
            for (String topic : topics(table.options())) {
                brokers.checkAllowed(topic, operation);
                facts.put("partitions of " + topic, String.valueOf(brokers.partitions(topic)));
            }
        }
        return facts;
    }

    @Override
    public Set<String> suggestionKinds() {
        return Set.of("topics", "partitions");
    }

    @Override
    public List<Suggestion> suggest(OptionValues connection, SuggestionQuery query) {
        try (Brokers brokers = Brokers.of(connection)) {
            if (query.kind().equals("topics")) {
                return brokers.topics().stream()
                        .filter(query::admits)
                        .limit(query.limit())
                        .map(topic -> new Suggestion(topic, ""))
                        .toList();
            }
            String topic = query.within().get("topic");
            if (topic == null) {
                throw new LaminarException(
                        ErrorCode.MISSING_OPTION, "partitions are those of a topic", "name it as topic");
            }
            return IntStream.range(0, brokers.partitions(topic))
                    .mapToObj(String::valueOf)
                    .filter(query::admits)
                    .limit(query.limit())
                    .map(partition -> new Suggestion(partition, ""))
                    .toList();
        }
    }

    /** A job that nobody told of. */
    private static JobContext alone() {
        return new JobContext(UUID.randomUUID().toString(), Duration.ZERO);
    }
}
