package io.laminar.connector.file;

import io.laminar.connector.Capability;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.JobContext;
import io.laminar.connector.LookupConnector;
import io.laminar.connector.MetadataField;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.file.sink.SingleFileSink;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** {@code connector = 'single_file'}: a table is one file. */
public final class SingleFileConnector implements SourceConnector, SinkConnector, LookupConnector, ProbingConnector {
    private static final Option COMPRESSION = FileOptions.compression("compression");

    @Override
    public String name() {
        return "single_file";
    }

    @Override
    public String description() {
        return "One local file, read to its end or written anew.";
    }

    @Override
    public List<Option> options() {
        return FileOptions.withStorage(FileOptions.PATH, COMPRESSION);
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
            checkReadable(location);
        } else {
            checkSink(table, location);
        }
    }

    static void checkReadable(Location location) {
        if (location.isRemote()) {
            if (RemoteFiles.status(location, location.root()).isDir()) {
                throw folder(location);
            }
            return;
        }
        Path path = location.local();
        if (!Files.exists(path)) {
            throw location.notFound();
        }
        if (Files.isDirectory(path)) {
            throw folder(location);
        }
        if (!Files.isReadable(path)) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE, "'" + location.written() + "' cannot be read: permission denied");
        }
    }

    private static LaminarException folder(Location location) {
        return new LaminarException(
                ErrorCode.FILE_UNREADABLE,
                "'" + location.written() + "' is a folder",
                "connector = 'filesystem' reads all files of a folder");
    }

    private static void checkSink(TableDescriptor table, Location location) {
        if (location.isRemote()) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "'" + location.written() + "': an object cannot grow, so it cannot be written as a single file",
                    "connector = 'filesystem' writes part files");
        }
        if (FileOptions.isWholeFile(table)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "connector 'single_file' cannot write format '"
                            + FileOptions.format(table).format()
                            + "': such a file cannot be gone on with after a failure",
                    "connector = 'filesystem' writes it, as part files of a folder");
        }
        if (Files.isDirectory(location.local())) {
            throw new LaminarException(
                    ErrorCode.OUTPUT_EXISTS,
                    "'" + location.written() + "' is a folder",
                    "name a file, or use connector = 'filesystem'");
        }
    }

    private static Location location(TableDescriptor table) {
        Location location =
                Location.of(table.options().text(FileOptions.PATH), null, StorageSettings.of(table.options()));
        return location.glob() == null ? location : location.asFile();
    }

    private static Compression compression(TableDescriptor table) {
        Compression chosen = FileOptions.compression(table, COMPRESSION);
        return chosen != null ? chosen : Compression.byExtension(table.options().text(FileOptions.PATH));
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return true;
    }

    @Override
    public boolean filters(TableDescriptor table, ColumnCondition condition, boolean timed) {
        return FileOptions.filters(table, condition, timed);
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        return FileTableSource.of(table, location(table), compression(table), null);
    }

    @Override
    public LookupTable lookup(TableDescriptor table, List<Integer> keys) {
        return new FileLookup(table, location(table), compression(table));
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return FileOptions.changelogSupport(table);
    }

    @Override
    public boolean parallel(TableDescriptor table) {
        return false;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return sink(table, new JobContext(UUID.randomUUID().toString(), Duration.ZERO));
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table, JobContext job) {
        return new SingleFileSink(location(table), FileOptions.format(table), compression(table), job.name());
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
}
