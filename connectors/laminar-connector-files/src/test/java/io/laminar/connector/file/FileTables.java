package io.laminar.connector.file;

import io.laminar.connector.Connectors;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Values;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Declares tables of files, as DDL would. */
public final class FileTables {

    private FileTables() {}

    /** What a test varies of a table; the rest has defaults. */
    public record Spec(
            String connector,
            Path path,
            String format,
            Schema schema,
            Map<String, String> metadata,
            Map<String, Object> options,
            Map<String, Object> formatOptions,
            BadDataPolicy badData) {

        public Spec(String connector, Path path, String format, Field... columns) {
            this(connector, path, format, Schema.of(columns), Map.of(), Map.of(), Map.of(), BadDataPolicy.FAIL);
        }

        public Spec with(String option, Object value) {
            Map<String, Object> more = new HashMap<>(options);
            more.put(option, value);
            return new Spec(connector, path, format, schema, metadata, more, formatOptions, badData);
        }

        public Spec withFormat(String option, Object value) {
            Map<String, Object> more = new HashMap<>(formatOptions);
            more.put(option, value);
            return new Spec(connector, path, format, schema, metadata, options, more, badData);
        }

        public Spec with(BadDataPolicy policy) {
            return new Spec(connector, path, format, schema, metadata, options, formatOptions, policy);
        }

        /** A column from the file instead of the record. */
        public Spec withMetadata(String column, String key) {
            Map<String, String> more = new HashMap<>(metadata);
            more.put(column, key);
            return new Spec(connector, path, format, schema, more, options, formatOptions, badData);
        }

        public TableDescriptor table() {
            Map<String, Object> all = new HashMap<>(options);
            all.put("path", path.toString());
            Schema record = new Schema(schema.fields().stream()
                    .filter(field -> !metadata.containsKey(field.name()))
                    .toList());
            FormatSpec spec = new FormatSpec(
                    format,
                    record,
                    IntStream.range(0, record.size()).boxed().toList(),
                    new OptionValues(formatOptions));
            return new TableDescriptor(
                    "t", connector, schema, metadata, List.of(), List.of(), new OptionValues(all), spec, badData);
        }

        public void check(io.laminar.connector.TableUse use) {
            Connectors.named(connector).check(table(), use);
        }
    }

    /** The rows of a batch as Java values. */
    public static List<List<@Nullable Object>> rows(Schema schema, Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int c = 0; c < schema.size(); c++) {
                values.add(Values.read(schema.type(c), batch.column(c), row));
            }
            rows.add(values);
        }
        return rows;
    }
}
