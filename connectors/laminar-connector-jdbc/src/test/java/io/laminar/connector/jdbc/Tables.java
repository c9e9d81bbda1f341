package io.laminar.connector.jdbc;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares tables as DDL would, and rows of them. */
public final class Tables {

    private Tables() {}

    /** What a test varies of a table. */
    public record Spec(
            String url,
            String table,
            Schema schema,
            List<String> key,
            Map<String, Object> options,
            BadDataPolicy badData) {

        public Spec(String url, String table, Field... columns) {
            this(url, table, Schema.of(columns), List.of(), Map.of(), BadDataPolicy.FAIL);
        }

        public Spec key(String... columns) {
            return new Spec(url, table, schema, List.of(columns), options, badData);
        }

        public Spec with(String option, Object value) {
            Map<String, Object> more = new HashMap<>(options);
            more.put(option, value);
            return new Spec(url, table, schema, key, more, badData);
        }

        public Spec with(BadDataPolicy policy) {
            return new Spec(url, table, schema, key, options, policy);
        }

        public TableDescriptor descriptor() {
            Map<String, Object> all = new HashMap<>(options);
            all.put("url", url);
            all.put("table", table);
            return new TableDescriptor(
                    "t", "jdbc", schema, Map.of(), key, List.of(), new OptionValues(all), null, badData);
        }
    }

    /** A row: its kind as in {@code +I}, then the values. */
    public static List<@Nullable Object> row(@Nullable Object... kindAndValues) {
        return java.util.Arrays.asList(kindAndValues);
    }

    public static Batch batch(Schema schema, List<?>... rows) {
        return batchOf(schema, List.of(rows));
    }

    public static Batch batchOf(Schema schema, List<? extends List<?>> rows) {
        BatchBuilder builder = new BatchBuilder(schema, rows.size());
        for (List<?> row : rows) {
            for (int c = 0; c < schema.size(); c++) {
                Values.append(schema.type(c), builder.column(c), row.get(c + 1));
            }
            builder.endRow(0, RowKind.parse(String.valueOf(row.get(0))));
        }
        return builder.build();
    }
}
