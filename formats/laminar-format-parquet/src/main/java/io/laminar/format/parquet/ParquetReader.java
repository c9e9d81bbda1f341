package io.laminar.format.parquet;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RandomAccessInput;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads row group after row group, and in it some thousand rows of one column after the other. */
final class ParquetReader implements FileReader {
    private final RandomAccessInput input;
    private final ParquetFileReader file;
    private final Schema schema;
    private final BatchBuilder builder;
    private final List<ColumnSource> columns = new ArrayList<>();
    private final @Nullable ParsedVersion writer;

    private final RowGroupFilter filter;
    private final List<BlockMetaData> groups;

    /** Position of the next row group. */
    private int group;

    /** Rows of the row group that have not been read. */
    private long rest;

    /** Rows of the row groups up to this one. */
    private long rowsOfGroups;

    ParquetReader(RandomAccessInput input, FormatSpec spec, long from, long to, SourceFilter wanted)
            throws IOException {
        this.input = input;
        schema = spec.projected();
        builder = new BatchBuilder(schema, Batch.TARGET_ROWS);
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs())
                .withRange(from, to)
                .build();
        file = open(input, options);
        FileMetaData metadata = file.getFooter().getFileMetaData();
        MessageType selected = select(metadata.getSchema());
        file.setRequestedSchema(selected);
        filter = new RowGroupFilter(schema, selected, wanted);
        groups = file.getRowGroups();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            Type type = selected.getType(i);
            columns.add(ColumnSources.of(selected, List.of(type.getName()), type, field, builder.column(i)));
        }
        writer = version(metadata.getCreatedBy());
    }

    private static ParquetFileReader open(RandomAccessInput input, ParquetReadOptions options) throws IOException {
        try {
            return ParquetFileReader.open(new InputStreams(input), options);
        } catch (RuntimeException notParquet) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE,
                    input.name() + " is not a Parquet file: " + notParquet.getMessage(),
                    null,
                    null,
                    notParquet);
        }
    }

    /** Who wrote the file, for the library to know the bugs of old writers; null if that cannot be read. */
    private static @Nullable ParsedVersion version(@Nullable String createdBy) {
        try {
            return createdBy == null ? null : VersionParser.parse(createdBy);
        } catch (VersionParser.VersionParseException unknown) {
            return null;
        }
    }

    /** The file's columns that are wanted, in the order wanted; found by exact name first, then ignoring case. */
    private MessageType select(MessageType found) {
        List<Type> types = new ArrayList<>();
        for (Field field : schema.fields()) {
            Type match = null;
            for (Type candidate : found.getFields()) {
                if (candidate.getName().equals(field.name())) {
                    match = candidate;
                    break;
                }
                if (match == null && candidate.getName().equalsIgnoreCase(field.name())) {
                    match = candidate;
                }
            }
            if (match == null) {
                List<String> names =
                        found.getFields().stream().map(Type::getName).toList();
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        input.name() + " has no column '" + field.name() + "'; it has " + String.join(", ", names),
                        NearestName.hint(field.name(), names));
            }
            types.add(match);
        }
        return new MessageType(found.getName(), types);
    }

    @Override
    public @Nullable Batch next() throws IOException {
        while (rest == 0) {
            Batch skipped = filter.skipped(passUnwanted());
            if (skipped != null) {
                return skipped;
            }
            if (!nextGroup()) {
                return null;
            }
        }
        int rows = (int) Math.min(rest, Batch.TARGET_ROWS);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).read(rows);
        }
        for (int row = 0; row < rows; row++) {
            builder.endRow(0);
        }
        rest -= rows;
        Batch batch = builder.build();
        checkNulls(batch);
        return batch;
    }

    private void checkNulls(Batch batch) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.field(i).nullable() || batch.column(i).nulls() == null) {
                continue;
            }
            for (int row = 0; row < batch.size(); row++) {
                if (batch.column(i).isNull(row)) {
                    throw new LaminarException(
                            ErrorCode.NULL_NOT_ALLOWED,
                            input.name() + ": column '" + schema.field(i).name() + "' is NOT NULL but has NULLs");
                }
            }
        }
    }

    /** Goes past the next row groups as long as nothing in them is wanted. */
    private List<BlockMetaData> passUnwanted() {
        List<BlockMetaData> passed = new ArrayList<>();
        while (group < groups.size() && filter.skips(groups.get(group))) {
            passed.add(groups.get(group));
            pass();
        }
        return passed;
    }

    @Override
    public long position() {
        return rowsOfGroups - rest;
    }

    private void pass() {
        rowsOfGroups += groups.get(group++).getRowCount();
        // Without columns nothing is read, so the file does not move on either.
        if (!columns.isEmpty()) {
            file.skipNextRowGroup();
        }
    }

    private boolean nextGroup() throws IOException {
        if (group == groups.size()) {
            return false;
        }
        rest = groups.get(group++).getRowCount();
        rowsOfGroups += rest;
        if (columns.isEmpty()) {
            // Rows without columns are only counted.
            return true;
        }
        PageReadStore pages = file.readNextRowGroup();
        for (ColumnSource column : columns) {
            column.start(pages, writer);
        }
        return true;
    }

    @Override
    public void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (rest == 0) {
                if (group == groups.size()) {
                    return;
                }
                if (groups.get(group).getRowCount() <= left) {
                    left -= groups.get(group).getRowCount();
                    pass();
                    continue;
                }
                nextGroup();
            }
            int rows = (int) Math.min(Math.min(rest, left), Batch.TARGET_ROWS);
            for (ColumnSource column : columns) {
                column.read(rows);
            }
            builder.truncate(0);
            rest -= rows;
            left -= rows;
        }
    }

    @Override
    public void close() throws IOException {
        try (input) {
            file.close();
        }
    }
}
