package io.laminar.connector.file;

import io.laminar.connector.Capability;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.LookupConnector;
import io.laminar.connector.MetadataField;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.file.sink.FilesystemSink;
import io.laminar.connector.file.source.FileLookup;
import io.laminar.connector.file.source.FileTable;
import io.laminar.connector.file.source.FileTableSource;
import io.laminar.connector.probe.ProbingConnector;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.connector.storage.StorageSettings;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.nio.file.Files;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.jspecify.annotations.Nullable;

/** {@code connector = 'filesystem'}: a table is the files of a folder. */
public final class FilesystemConnector implements SourceConnector, SinkConnector, LookupConnector, ProbingConnector {
    private static final long MEGABYTE = 1L << 20;
    private static final long MINUTE_MICROS = 60_000_000L;

    private static final Option REGEX = Option.text(
            "source.regex_pattern", "Files to read: their path relative to the table's path has to match as a whole.");
    private static final Option SOURCE_COMPRESSION = FileOptions.compression("source.compression");
    private static final Option DISCOVERY = Option.duration(
            "source.discovery_interval", "How often new files are looked for; without it the files there now are all.");
    private static final Option FILE_SIZE = Option.size(
                    "rolling_policy.file_size", "Size from which a part file is full.")
            .withDefault(128 * MEGABYTE);
    private static final Option INTERVAL = Option.duration(
                    "rolling_policy.interval", "Age at which a part file is complete.")
            .withDefault(MINUTE_MICROS);
    private static final Option INACTIVITY = Option.duration(
                    "rolling_policy.inactivity_interval", "Time without rows after which a part file is complete.")
            .withDefault(MINUTE_MICROS);
    private static final Option PREFIX = Option.text("filename.prefix", "What names of part files start with.")
            .withDefault("part");
    private static final Option SUFFIX = Option.text(
            "filename.suffix", "What names of part files end with; otherwise that of the format, as in .json.");
    private static final Option STRATEGY = Option.choice(
                    "filename.strategy",
                    List.of("uuid"),
                    "How part files are told apart: by a random id per writer and a running number.")
            .withDefault("uuid");
    private static final Option TIME_PATTERN = Option.text(
            "partitioning.time_pattern", "Folders by event time, with %Y %m %d %H %M %S %j, for example %Y-%m-%d/%H.");
    private static final Option FIELDS = Option.textList(
            "partitioning.fields", "Columns with a folder per value (column=value); PARTITIONED BY says the same.");

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public String description() {
        return "The files of a folder, local or on S3: listed once or watched for new ones; written as part files.";
    }

    @Override
    public List<Option> options() {
        return FileOptions.withStorage(
                FileOptions.PATH,
                REGEX,
                SOURCE_COMPRESSION,
                DISCOVERY,
                FILE_SIZE,
                INTERVAL,
                INACTIVITY,
                PREFIX,
                SUFFIX,
                STRATEGY,
                TIME_PATTERN,
                FIELDS);
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SOURCE, TableUse.SINK, TableUse.LOOKUP);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.REQUIRED;
    }

    @Override
    public List<MetadataField> metadata() {
        return FileTable.METADATA;
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        Location location = location(table);
        if (use != TableUse.SINK) {
            FileOptions.checkMetadata(table, FileTableSource.splittable(FileOptions.format(table)));
            checkSource(table, location);
        } else {
            if (location.isRemote()) {
                RemoteFiles.checkBucket(location);
            } else if (Files.isRegularFile(location.local())) {
                throw new LaminarException(
                        ErrorCode.OUTPUT_EXISTS,
                        "'" + location.written() + "' is a file; this connector writes a folder",
                        "name a folder, or use connector = 'single_file'");
            }
            sink(table);
        }
    }

    private void checkSource(TableDescriptor table, Location location) {
        boolean selective = location.glob() != null || location.regex() != null;
        if (location.isRemote()) {
            RemoteFiles.status(location, location.root());
            if (selective && bounded(table)) {
                RemoteFiles.checkMatch(location);
            }
            return;
        }
        if (!Files.exists(location.local())) {
            throw location.notFound();
        }
        if (!Files.isReadable(location.local())) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE, "'" + location.written() + "' cannot be read: permission denied");
        }
        if (selective && bounded(table) && !location.isEmpty() && !location.anyMatch()) {
            throw new LaminarException(
                    ErrorCode.FILE_NOT_FOUND,
                    "no file in " + location.local() + " matches "
                            + (location.glob() != null
                                    ? "'" + location.written() + "'"
                                    : "source.regex_pattern = '" + location.regex() + "'"),
                    "the pattern has to match the whole path, relative to the folder for a regular expression");
        }
    }

    private static Location location(TableDescriptor table) {
        return Location.of(
                table.options().text(FileOptions.PATH),
                text(table.options(), REGEX),
                StorageSettings.of(table.options()));
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return table.options().find(DISCOVERY).isEmpty();
    }

    @Override
    public boolean filters(TableDescriptor table, ColumnCondition condition, boolean timed) {
        return FileOptions.filters(table, condition, timed);
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        Duration discovery = table.options()
                .find(DISCOVERY)
                .map(micros -> Duration.of((Long) micros, ChronoUnit.MICROS))
                .orElse(null);
        return FileTableSource.of(
                table, location(table), FileOptions.compression(table, SOURCE_COMPRESSION), discovery);
    }

    @Override
    public LookupTable lookup(TableDescriptor table, List<Integer> keys) {
        return new FileLookup(table, location(table), FileOptions.compression(table, SOURCE_COMPRESSION));
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return FileOptions.changelogSupport(table);
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        OptionValues options = table.options();
        List<String> fields = new ArrayList<>(table.partitionedBy());
        if (options.find(FIELDS).isPresent()) {
            options.textList(FIELDS).stream().filter(f -> !fields.contains(f)).forEach(fields::add);
        }
        FilesystemSink.Layout layout = new FilesystemSink.Layout(
                options.text(PREFIX),
                text(options, SUFFIX),
                options.size(FILE_SIZE),
                Duration.of(options.duration(INTERVAL), ChronoUnit.MICROS),
                Duration.of(options.duration(INACTIVITY), ChronoUnit.MICROS),
                text(options, TIME_PATTERN),
                fields);
        return new FilesystemSink(
                location(table), table.schema(), FileOptions.format(table), FileOptions.partCompression(table), layout);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.values());
    }

    // Asking ----------------------------------------------------------------------------------------------------------

    @Override
    public SystemReport reach(OptionValues connection) {
        return FileProbe.reach(connection);
    }

    @Override
    public Map<String, String> facts(TableDescriptor table, TableUse use) {
        Location location = location(table);
        if (use == TableUse.SINK) {
            FileProbe.checkWritable(location);
            return Map.of();
        }
        return FileProbe.facts(location);
    }

    @Override
    public Set<String> suggestionKinds() {
        return Set.of("paths");
    }

    @Override
    public List<Suggestion> suggest(OptionValues connection, SuggestionQuery query) {
        return FileProbe.suggest(connection, query);
    }

    private static @Nullable String text(OptionValues options, Option option) {
        return (String) options.find(option).orElse(null);
    }
}
