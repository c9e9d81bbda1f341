package io.laminar.connector.file.sink;

import io.laminar.connector.file.Compression;
import io.laminar.connector.file.Location;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.writer.FileWriter;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Part files in folders, by Flink's file sink: rows are final, and files have their final names, with the checkpoint
 * after they are full, or at the end of the job. This wrapper splits batches by folder before.
 */
public final class FilesystemSink
        implements Sink<Batch>,
                SupportsWriterState<Batch, FileWriterBucketState>,
                SupportsCommitter<FileSinkCommittable> {
    private static final long CHECK_INTERVAL = 1_000;

    /** Kept so that every process that the sink comes to knows how its store is reached. */
    @SuppressWarnings("UnusedVariable")
    private final Location location;

    private final String folder;
    private final PartSink files;
    private final Partitioning partitioning;

    /**
     * How files are cut and named.
     *
     * @param prefix what names start with
     * @param suffix what names end with; null: the format and the compression
     * @param fileSize bytes
     * @param timePattern folders by event time; null: none
     * @param fields columns with a folder per value
     */
    public record Layout(
            String prefix,
            @Nullable String suffix,
            long fileSize,
            Duration interval,
            Duration inactivity,
            @Nullable String timePattern,
            List<String> fields) {}

    public FilesystemSink(Location location, Schema schema, FormatSpec format, Compression compression, Layout layout) {
        this.location = location;
        folder = Storages.shown(location.root());
        partitioning = new Partitioning(schema, layout.timePattern(), layout.fields());
        files = files(location, format, compression, layout);
    }

    private static PartSink files(Location location, FormatSpec format, Compression compression, Layout layout) {
        Path root = location.root();
        String suffix = layout.suffix();
        OutputFileConfig names = new OutputFileConfig(
                layout.prefix(), suffix != null ? suffix : "." + extension(format.format()) + compression.extension());
        boolean whole = Formats.wholeFiles(format) != null;
        if (whole || compression != Compression.NONE) {
            Rolling rolling = new Rolling(
                    layout.fileSize(),
                    layout.interval().toMillis(),
                    layout.inactivity().toMillis());
            return new FlinkFiles(FileSink.forBulkFormat(root, new PartWriters(format, compression))
                    .withBucketAssigner(new Folders())
                    .withBucketCheckInterval(CHECK_INTERVAL)
                    .withRollingPolicy(rolling.atCheckpoints())
                    .withOutputFileConfig(names)
                    .build());
        }
        DefaultRollingPolicy<PartBatch, String> rolling = DefaultRollingPolicy.builder()
                .withMaxPartSize(new MemorySize(layout.fileSize()))
                .withRolloverInterval(layout.interval())
                .withInactivityInterval(layout.inactivity())
                .build();
        PartEncoder encoder = new PartEncoder(format);
        if (!location.isRemote()) {
            return new GrowingFiles(root, encoder, new Folders(), rolling, names, CHECK_INTERVAL);
        }
        return new FlinkFiles(FileSink.forRowFormat(root, encoder)
                .withBucketAssigner(new Folders())
                .withBucketCheckInterval(CHECK_INTERVAL)
                .withRollingPolicy(rolling)
                .withOutputFileConfig(names)
                .build());
    }

    private static String extension(String format) {
        return switch (format) {
            case "debezium_json" -> "json";
            case "raw_string" -> "txt";
            case "raw_bytes" -> "bin";
            default -> format;
        };
    }

    @Override
    public Writer createWriter(WriterInitContext context) {
        return writer(() -> files.createWriter(context));
    }

    @Override
    public Writer restoreWriter(WriterInitContext context, Collection<FileWriterBucketState> states) {
        return writer(() -> files.restoreWriter(context, states));
    }

    private Writer writer(Attempt<FileWriter<PartBatch>> opening) {
        try {
            return new Writer(folder, opening.run(), partitioning);
        } catch (IOException | InterruptedException failure) {
            throw failed(folder, failure);
        }
    }

    /** Something that may fail because of the file system. */
    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    private static LaminarException failed(String folder, Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String reason = cause instanceof IOException io ? Reasons.of(io) : "interrupted";
        return new LaminarException(
                ErrorCode.OUTPUT_FAILED, "files in " + folder + " cannot be written: " + reason, null, null, cause);
    }

    @Override
    public SimpleVersionedSerializer<FileWriterBucketState> getWriterStateSerializer() {
        return files.states();
    }

    @Override
    public Committer<FileSinkCommittable> createCommitter(CommitterInitContext context) throws IOException {
        return files.createCommitter();
    }

    @Override
    public SimpleVersionedSerializer<FileSinkCommittable> getCommittableSerializer() {
        return files.committables();
    }

    /** Splits batches by folder before Flink's writer takes them. */
    public static final class Writer
            implements StatefulSinkWriter<Batch, FileWriterBucketState>,
                    CommittingSinkWriter<Batch, FileSinkCommittable> {
        private final String folder;
        private final FileWriter<PartBatch> files;
        private final Partitioning partitioning;

        Writer(String folder, FileWriter<PartBatch> files, Partitioning partitioning) {
            this.folder = folder;
            this.files = files;
            this.partitioning = partitioning;
        }

        @Override
        public void write(Batch batch, Context context) throws InterruptedException {
            try {
                for (PartBatch part : partitioning.split(batch)) {
                    files.write(part, context);
                }
            } catch (IOException failure) {
                throw failed(folder, failure);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws InterruptedException {
            try {
                files.flush(endOfInput);
            } catch (IOException failure) {
                throw failed(folder, failure);
            }
        }

        @Override
        public Collection<FileSinkCommittable> prepareCommit() {
            try {
                return files.prepareCommit();
            } catch (IOException failure) {
                throw failed(folder, failure);
            }
        }

        @Override
        public List<FileWriterBucketState> snapshotState(long checkpoint) {
            try {
                return files.snapshotState(checkpoint);
            } catch (IOException failure) {
                throw failed(folder, failure);
            }
        }

        @Override
        public void close() {
            files.close();
        }
    }

    /** The folder a batch was given. */
    private static final class Folders implements BucketAssigner<PartBatch, String> {
        @Override
        public String getBucketId(PartBatch part, BucketAssigner.Context context) {
            return part.folder();
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners
                    .SimpleVersionedStringSerializer.INSTANCE;
        }
    }
}
