package io.laminar.format.parquet;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RandomAccessInput;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads and writes Parquet files as rows of Java values. */
final class ParquetFiles {
    private static final int BATCH = 100;

    private ParquetFiles() {}

    static FormatSpec spec(Schema schema, Map<String, Object> options) {
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        return new FormatSpec("parquet", schema, all, new OptionValues(options));
    }

    static void write(Path path, Schema schema, Map<String, Object> options, List<List<@Nullable Object>> rows)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            FileWriter writer = new ParquetFormat().create(out, spec(schema, options));
            BatchBuilder builder = new BatchBuilder(schema, BATCH);
            for (List<@Nullable Object> row : rows) {
                for (int i = 0; i < schema.size(); i++) {
                    Values.append(schema.type(i), builder.column(i), row.get(i));
                }
                builder.endRow(0);
                if (builder.rows() == BATCH) {
                    writer.write(builder.build());
                }
            }
            writer.write(builder.build());
            writer.finish();
        }
    }

    static List<List<@Nullable Object>> read(Path path, Schema schema, long skipped) throws IOException {
        return read(path, spec(schema, Map.of()), skipped);
    }

    static List<List<@Nullable Object>> read(Path path, FormatSpec spec, long skipped) throws IOException {
        try (FileReader reader = new ParquetFormat().open(new Input(path), spec)) {
            reader.skip(skipped);
            return rest(reader, spec);
        }
    }

    /** The rows that a reader has left. */
    static List<List<@Nullable Object>> rest(FileReader reader, FormatSpec spec) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            for (int row = 0; row < batch.size(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int c = 0; c < spec.projected().size(); c++) {
                    values.add(Values.read(spec.projected().type(c), batch.column(c), row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    /** A file on disk. */
    record Input(RandomAccessFile file, String name) implements RandomAccessInput {
        Input(Path path) throws IOException {
            this(new RandomAccessFile(path.toFile(), "r"), path.toString());
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void readFully(long position, byte[] target, int offset, int count) throws IOException {
            file.seek(position);
            file.readFully(target, offset, count);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
