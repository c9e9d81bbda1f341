package io.laminar.connector.file.source;

import io.laminar.connector.storage.Storages;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.FileReader;
import java.io.IOException;
import java.time.Clock;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.jspecify.annotations.Nullable;

/** Reads a file of a {@link FileFormat} or a part of it; its position is the number of rows it has passed. */
final class WholeFileReader implements BulkFormat.Reader<Batch> {
    private static final long MICROS_PER_MILLI = 1_000;

    private final FileTable table;
    private final FileSourceSplit split;
    private final Clock clock;
    private final FileReader reader;

    WholeFileReader(FileTable table, FileSourceSplit split, FileFormat format, Clock clock) throws IOException {
        this.table = table;
        this.split = split;
        this.clock = clock;
        FileInput input = new FileInput(split.path());
        try {
            reader =
                    format.open(input, table.format(), split.offset(), split.offset() + split.length(), table.filter());
            reader.skip(split.getReaderPosition()
                    .map(CheckpointedPosition::getRecordsAfterOffset)
                    .orElse(0L));
        } catch (IOException | RuntimeException failed) {
            input.close();
            throw failed instanceof LaminarException known ? known : unreadable(failed);
        }
    }

    @Override
    public @Nullable Produced readBatch() throws IOException {
        Batch batch = reader.next();
        if (batch == null) {
            return null;
        }
        Produced produced = new Produced();
        Batch assembled = table.assemble(batch, split, null, clock.millis() * MICROS_PER_MILLI);
        produced.add(assembled, CheckpointedPosition.NO_OFFSET, reader.position());
        return produced;
    }

    private LaminarException unreadable(Exception cause) {
        return new LaminarException(
                ErrorCode.FILE_UNREADABLE,
                Storages.shown(split.path()) + " cannot be read as "
                        + table.format().format() + ": " + cause.getMessage(),
                null,
                null,
                cause);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
