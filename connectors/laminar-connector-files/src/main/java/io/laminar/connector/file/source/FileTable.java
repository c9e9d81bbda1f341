package io.laminar.connector.file.source;

import io.laminar.connector.MetadataField;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.jspecify.annotations.Nullable;

/** Puts the columns of a table together: those of the record and those that come from the file. */
public final class FileTable implements Serializable {
    public static final String PATH = "path";
    public static final String FILENAME = "filename";
    public static final String OFFSET = "offset";
    public static final String MODIFIED = "modification_time";

    public static final List<MetadataField> METADATA = List.of(
            new MetadataField(PATH, Scalar.TEXT, "The file's full path."),
            new MetadataField(FILENAME, Scalar.TEXT, "The file's name without its folder."),
            new MetadataField(OFFSET, Scalar.BIGINT, "Where in the file the record starts, in bytes of its content."),
            new MetadataField(MODIFIED, Scalar.TIMESTAMP, "When the file was last changed."));

    private static final long MICROS_PER_MILLI = 1_000;

    private final FormatSpec format;
    private final SourceFilter filter;

    /** Per column of the table the position among the record's columns, or -1. */
    private final int[] recordColumns;

    /** Per column of the table its metadata key where it has one. */
    private final @Nullable String[] metadata;

    public FileTable(TableDescriptor table, FormatSpec format) {
        this.format = format;
        this.filter = table.filter();
        Map<String, String> keys = table.metadata();
        int width = table.schema().size();
        recordColumns = new int[width];
        metadata = new String[width];
        for (int i = 0; i < width; i++) {
            String name = table.schema().field(i).name();
            metadata[i] = keys.get(name);
            recordColumns[i] = metadata[i] == null ? format.projected().indexOf(name) : -1;
            if (metadata[i] == null && recordColumns[i] < 0) {
                throw new LaminarException(
                        ErrorCode.INTERNAL, "column '" + name + "' is neither of the record nor of the file");
            }
        }
    }

    /** How records are decoded. */
    public FormatSpec format() {
        return format;
    }

    /** Which rows are wanted. */
    SourceFilter filter() {
        return filter;
    }

    boolean wantsOffsets() {
        return Arrays.asList(metadata).contains(OFFSET);
    }

    /**
     * The rows of the table.
     *
     * @param records the record's columns
     * @param offsets where each record starts, if {@link #wantsOffsets}
     * @param arrival microseconds since the epoch, the time of every row
     */
    Batch assemble(Batch records, FileSourceSplit split, long @Nullable [] offsets, long arrival) {
        Column[] columns = new Column[recordColumns.length];
        for (int i = 0; i < columns.length; i++) {
            String key = metadata[i];
            columns[i] = key == null ? records.column(recordColumns[i]) : metadata(key, split, offsets, records.size());
        }
        long[] times = records.rowtime();
        Arrays.fill(times, 0, records.size(), arrival);
        return new Batch(records.size(), columns, times, records.kinds(), records.lane());
    }

    private static Column metadata(String key, FileSourceSplit split, long @Nullable [] offsets, int rows) {
        return switch (key) {
            case PATH -> text(Storages.shown(split.path()), rows);
            case FILENAME -> text(split.path().getName(), rows);
            case OFFSET -> new LongColumn(offsets == null ? new long[rows] : offsets, null, rows);
            case MODIFIED -> {
                long[] times = new long[rows];
                Arrays.fill(times, split.fileModificationTime() * MICROS_PER_MILLI);
                yield new LongColumn(times, null, rows);
            }
            default -> throw new LaminarException(ErrorCode.INTERNAL, "unknown metadata '" + key + "'");
        };
    }

    private static Column text(String value, int rows) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int[] lengths = new int[rows];
        Arrays.fill(lengths, bytes.length);
        return new BytesColumn(bytes, new int[rows], lengths, null, rows);
    }
}
