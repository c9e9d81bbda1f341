package io.laminar.format.parquet;

import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RandomAccessInput;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.infer.SchemaInference;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** {@code format = 'parquet'}: whole files in columns. */
public final class ParquetFormat implements FileFormat, SchemaInference {
    private static final long DEFAULT_ROW_GROUP = 128L << 20;

    static final Option COMPRESSION = Option.choice(
                    "parquet.compression",
                    List.of("zstd", "snappy", "gzip", "lz4_raw", "uncompressed"),
                    "How pages are compressed when writing; when reading the file tells.")
            .withDefault("zstd");

    static final Option ROW_GROUP_SIZE = Option.size(
                    "parquet.row_group_size", "Bytes in memory after which a row group is written.")
            .withDefault(DEFAULT_ROW_GROUP);

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String description() {
        return "Parquet files; only the columns that are used are read.";
    }

    @Override
    public List<Option> options() {
        return List.of(COMPRESSION, ROW_GROUP_SIZE);
    }

    @Override
    public InferredSchema ofSample(byte[] file, OptionValues options) {
        return ParquetInference.of(file);
    }

    @Override
    public FileReader open(RandomAccessInput input, FormatSpec spec) throws IOException {
        return open(input, spec, 0, input.length());
    }

    @Override
    public boolean splittable() {
        return true;
    }

    /** A row group belongs to the part that has its middle. */
    @Override
    public FileReader open(RandomAccessInput input, FormatSpec spec, long from, long to) throws IOException {
        return open(input, spec, from, to, SourceFilter.NONE);
    }

    @Override
    public boolean filters(FormatSpec spec, ColumnCondition condition) {
        int column = spec.projected().indexOf(condition.column());
        return column >= 0 && ColumnStatistics.has(spec.projected().type(column));
    }

    /** Leaves out row groups whose statistics say that they have no row that is wanted. */
    @Override
    public FileReader open(RandomAccessInput input, FormatSpec spec, long from, long to, SourceFilter filter)
            throws IOException {
        return new ParquetReader(input, spec, from, to, filter);
    }

    @Override
    public FileWriter create(OutputStream output, FormatSpec spec) throws IOException {
        return new ParquetWriter(output, spec);
    }
}
