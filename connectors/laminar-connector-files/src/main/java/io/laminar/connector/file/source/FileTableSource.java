package io.laminar.connector.file.source;

import io.laminar.connector.file.Compression;
import io.laminar.connector.file.Location;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.file.src.AbstractFileSource;
import org.apache.flink.connector.file.src.ContinuousEnumerationSettings;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.FileSourceSplitSerializer;
import org.apache.flink.connector.file.src.impl.FileSourceReader;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Flink's file source with batches for records: Flink lists, assigns, checkpoints and restores; what is read from a
 * split and where it goes on is decided here.
 */
public final class FileTableSource extends AbstractFileSource<Batch, FileSourceSplit> {
    /** Name of the counter of records that could not be decoded. */
    public static final String BAD_RECORDS = "bad_records";

    private final FileReaders readers;

    private FileTableSource(Listing listing, FileReaders readers, @Nullable Duration discovery) {
        super(
                new Path[] {listing.location().root()},
                listing,
                Splits::new,
                readers,
                discovery == null ? null : new ContinuousEnumerationSettings(discovery));
        this.readers = readers;
    }

    /**
     * @param compression null: by the extension of each file's name
     * @param discovery how often new files are looked for; null: never, the table ends
     */
    public static FileTableSource of(
            TableDescriptor table, Location location, @Nullable Compression compression, @Nullable Duration discovery) {
        return of(table, location, compression, discovery, new Sizes(RecordFileReader.CHUNK, 0), Clock.systemUTC());
    }

    /** Whether records of a format can be found from the middle of a file on. */
    public static boolean splittable(FormatSpec format) {
        return Formats.wholeFiles(format) == null
                && ((RecordFormat) Formats.named(format.format()))
                        .decoder(format)
                        .splittable();
    }

    /**
     * How much is read at once, and how files are cut.
     *
     * @param splitBytes 0: by the size of the file and the number of readers
     */
    record Sizes(int chunk, long splitBytes) {}

    /** Whether files of a format can be cut into splits at all. */
    static boolean cuttable(FormatSpec format) {
        FileFormat whole = Formats.wholeFiles(format);
        return whole != null ? whole.splittable() : splittable(format);
    }

    static FileTableSource of(
            TableDescriptor table,
            Location location,
            @Nullable Compression compression,
            @Nullable Duration discovery,
            Sizes sizes,
            Clock clock) {
        FileTable columns = new FileTable(table, Framing.into(Objects.requireNonNull(table.format()), table.options()));
        BadDataPolicy badData = table.badData();
        FileReaders readers =
                new FileReaders(columns, badData, compression, clock, sizes.chunk(), new FileReaders.Counting());
        Listing listing = new Listing(
                location, cuttable(columns.format()), compression, sizes.splitBytes(), FileConditions.of(table));
        return new FileTableSource(listing, readers, discovery);
    }

    @Override
    public SourceReader<Batch, FileSourceSplit> createReader(SourceReaderContext context) {
        FileReaders counted = new FileReaders(
                readers.table(),
                readers.badData(),
                readers.compression(),
                readers.clock(),
                readers.chunk(),
                new FileReaders.Counting());
        counted.counting().into(context.metricGroup().counter(BAD_RECORDS));
        return new FileSourceReader<>(context, counted, context.getConfiguration());
    }

    @Override
    public SimpleVersionedSerializer<FileSourceSplit> getSplitSerializer() {
        return FileSourceSplitSerializer.INSTANCE;
    }
}
