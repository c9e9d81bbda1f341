package io.laminar.connector.file.source;

import io.laminar.connector.file.Compression;
import io.laminar.connector.file.Location;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Framing;
import io.laminar.spi.lookup.WholeTable;
import io.laminar.spi.table.TableDescriptor;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** All rows of the files of a table, for lookups. The table's version is that of its files: names, sizes and times. */
public final class FileLookup implements WholeTable {
    private final Location location;
    private final Listing listing;
    private final FileReaders readers;

    /** @param compression null: by the extension of each file's name */
    public FileLookup(TableDescriptor table, Location location, @Nullable Compression compression) {
        FormatSpec format = Framing.into(Objects.requireNonNull(table.format()), table.options());
        this.location = location;
        this.listing = new Listing(location, false, compression, 0);
        this.readers = new FileReaders(
                new FileTable(table, format),
                table.badData(),
                compression,
                Clock.systemUTC(),
                RecordFileReader.CHUNK,
                new FileReaders.Counting());
    }

    @Override
    public long version() {
        long version = 1;
        for (FileStatus file : files()) {
            version = version * 31 + file.getPath().hashCode();
            version = version * 31 + file.getLen();
            version = version * 31 + file.getModificationTime();
        }
        return version;
    }

    private List<FileStatus> files() {
        try {
            return listing.files();
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.FILE_NOT_FOUND, "'" + location.written() + "' is gone: " + e.getMessage(), null, null, e);
        }
    }

    @Override
    public void read(Consumer<Batch> rows) {
        for (FileStatus file : files()) {
            FileSourceSplit split = Splits.whole(file);
            try (BulkFormat.Reader<Batch> reader = readers.createReader(new Configuration(), split)) {
                read(reader, rows);
            } catch (IOException e) {
                throw new LaminarException(
                        ErrorCode.FILE_UNREADABLE,
                        Storages.shown(file.getPath()) + " cannot be read: " + e.getMessage(),
                        null,
                        null,
                        e);
            }
        }
    }

    private static void read(BulkFormat.Reader<Batch> reader, Consumer<Batch> rows) throws IOException {
        BulkFormat.RecordIterator<Batch> produced = reader.readBatch();
        while (produced != null) {
            RecordAndPosition<Batch> next = produced.next();
            while (next != null) {
                if (next.getRecord().lane() == Batch.Lane.MAIN) {
                    rows.accept(next.getRecord());
                }
                next = produced.next();
            }
            produced.releaseBatch();
            produced = reader.readBatch();
        }
    }

    @Override
    public void close() {}
}
