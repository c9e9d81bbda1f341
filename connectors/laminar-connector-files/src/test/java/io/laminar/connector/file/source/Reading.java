package io.laminar.connector.file.source;

import io.laminar.connector.DeadLetters;
import io.laminar.connector.file.Compression;
import io.laminar.connector.file.FileTables;
import io.laminar.connector.file.Location;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.format.Framing;
import io.laminar.spi.table.TableDescriptor;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;

/** Lists and reads a table without Flink around it, as a reader task does. */
final class Reading {
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);

    private final TableDescriptor table;
    private final FileReaders readers;
    private final Listing listing;
    final SimpleCounter badRecords = new SimpleCounter();
    final List<List<@Nullable Object>> rows = new ArrayList<>();
    final List<List<@Nullable Object>> letters = new ArrayList<>();
    final List<Batch> batches = new ArrayList<>();

    Reading(TableDescriptor table, int chunk, long splitBytes) {
        this(table, chunk, splitBytes, null);
    }

    Reading(TableDescriptor table, int chunk, long splitBytes, @Nullable Compression compression) {
        this.table = table;
        FileTable columns = new FileTable(table, Framing.into(Objects.requireNonNull(table.format()), table.options()));
        readers = new FileReaders(columns, table.badData(), compression, CLOCK, chunk, new FileReaders.Counting());
        readers.counting().into(badRecords);
        Location location = Location.of((String) table.options().asMap().get("path"), (String)
                table.options().asMap().get("source.regex_pattern"));
        listing = new Listing(location, readers.isSplittable(), compression, splitBytes);
    }

    Collection<FileSourceSplit> splits() throws IOException {
        return listing.create().enumerateSplits(new org.apache.flink.core.fs.Path[0], 1);
    }

    Reading all() throws IOException {
        for (FileSourceSplit split : splits()) {
            read(split, Integer.MAX_VALUE);
        }
        return this;
    }

    /** Reads up to some batches; the split as a checkpoint after them holds it, or null at its end. */
    @Nullable
    FileSourceSplit read(FileSourceSplit split, int most) throws IOException {
        FileSourceSplit position = split;
        int read = 0;
        try (BulkFormat.Reader<Batch> reader = split.getReaderPosition().isPresent()
                ? readers.restoreReader(new Configuration(), split)
                : readers.createReader(new Configuration(), split)) {
            for (BulkFormat.RecordIterator<Batch> batch = reader.readBatch();
                    batch != null;
                    batch = reader.readBatch()) {
                for (RecordAndPosition<Batch> next = batch.next(); next != null; next = batch.next()) {
                    take(next.getRecord());
                    position = split.updateWithCheckpointedPosition(
                            new CheckpointedPosition(next.getOffset(), next.getRecordSkipCount()));
                    if (++read == most) {
                        return position;
                    }
                }
            }
        }
        return null;
    }

    private void take(Batch batch) {
        batches.add(batch);
        if (batch.lane() == Batch.Lane.DEAD_LETTER) {
            letters.addAll(FileTables.rows(DeadLetters.SCHEMA, batch));
        } else {
            rows.addAll(FileTables.rows(table.schema(), batch));
        }
    }
}
