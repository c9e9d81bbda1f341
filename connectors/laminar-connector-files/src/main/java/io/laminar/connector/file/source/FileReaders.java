package io.laminar.connector.file.source;

import io.laminar.connector.file.Compression;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.table.BadDataPolicy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;

/**
 * Opens splits.
 *
 * @param compression null: by the extension of each file's name
 * @param chunk bytes read at once
 */
record FileReaders(
        FileTable table,
        BadDataPolicy badData,
        @Nullable Compression compression,
        Clock clock,
        int chunk,
        Counting counting)
        implements BulkFormat<Batch, FileSourceSplit> {

    /** Where bad records are counted; without a job they are counted for nobody. */
    static final class Counting implements java.io.Serializable {
        private transient @Nullable Counter counter;

        void into(Counter target) {
            counter = target;
        }

        Counter counter() {
            Counter known = counter;
            return known == null ? new SimpleCounter() : known;
        }
    }

    @Override
    public BulkFormat.Reader<Batch> createReader(Configuration configuration, FileSourceSplit split)
            throws IOException {
        FileFormat whole = Formats.wholeFiles(table.format());
        try {
            return whole != null
                    ? new WholeFileReader(table, split, whole, clock)
                    : recordReader((RecordFormat) Formats.named(table.format().format()), split);
        } catch (FileNotFoundException | NoSuchFileException missing) {
            throw new LaminarException(
                    ErrorCode.FILE_NOT_FOUND, Storages.shown(split.path()) + " is gone", null, null, missing);
        } catch (IOException unreadable) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE,
                    Storages.shown(split.path()) + " cannot be read: " + unreadable.getMessage(),
                    null,
                    null,
                    unreadable);
        }
    }

    private RecordFileReader recordReader(RecordFormat format, FileSourceSplit split) throws IOException {
        Compression used = compressionOf(split);
        RecordDecoder decoder = format.decoder(table.format());
        LineCounter lines =
                decoder.text() ? new LineCounter(offset -> ContentStream.open(split.path(), used, offset)) : null;
        BadRecordLog bad = new BadRecordLog(Storages.shown(split.path()), badData, counting.counter(), lines, clock);
        return new RecordFileReader(table, split, used, decoder, bad, clock, chunk);
    }

    private Compression compressionOf(FileSourceSplit split) {
        return compression == null ? Compression.byExtension(split.path().getName()) : compression;
    }

    @Override
    public BulkFormat.Reader<Batch> restoreReader(Configuration configuration, FileSourceSplit split)
            throws IOException {
        return createReader(configuration, split);
    }

    @Override
    public boolean isSplittable() {
        return FileTableSource.cuttable(table.format());
    }

    @Override
    public TypeInformation<Batch> getProducedType() {
        return TypeInformation.of(Batch.class);
    }
}
