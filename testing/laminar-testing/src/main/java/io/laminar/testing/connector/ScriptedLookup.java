package io.laminar.testing.connector;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Values;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.lookup.WholeTable;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import io.laminar.testing.text.ValueReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A lookup table whose rows stand in its options, asked as a whole or by key. */
final class ScriptedLookup {
    private static final int REQUEST_SIZE = 3;

    private ScriptedLookup() {}

    /**
     * The table of some rows.
     *
     * @param written a row each: {@code name=value} pairs, separated by spaces; columns left out are NULL
     */
    static LookupTable of(List<String> written, Schema schema, List<Integer> keys, boolean whole) {
        BatchBuilder rows = new BatchBuilder(schema, Math.max(1, written.size()));
        for (String line : written) {
            List<String> pairs = List.of(line.strip().split("\\s+"));
            for (int c = 0; c < schema.size(); c++) {
                String start = schema.field(c).name() + "=";
                Object value = pairs.stream()
                        .filter(pair -> pair.startsWith(start))
                        .findFirst()
                        .map(pair -> new ValueReader(pair.substring(start.length())))
                        .map(reader -> reader.next(schemaType(schema, start)))
                        .orElse(null);
                Values.append(schema.type(c), rows.column(c), value);
            }
            rows.endRow(0);
        }
        Batch batch = rows.build();
        return whole ? new Whole(batch) : new Keyed(batch, schema, keys);
    }

    private static DataType schemaType(Schema schema, String start) {
        return schema.type(schema.indexOf(start.substring(0, start.length() - 1)));
    }

    /** Small enough to be held whole. */
    record Whole(Batch rows) implements WholeTable {
        @Override
        public long version() {
            return 0;
        }

        @Override
        public void read(Consumer<Batch> consumer) {
            consumer.accept(rows);
        }

        @Override
        public void close() {}
    }

    /** Asked by key, a few at a time; answers come from another thread. */
    record Keyed(Batch rows, Schema schema, List<Integer> keys) implements KeyedTable {
        @Override
        public int requestSize() {
            return REQUEST_SIZE;
        }

        @Override
        public CompletionStage<LookupAnswer> find(Column[] wanted, int count) {
            return CompletableFuture.supplyAsync(() -> answer(wanted, count));
        }

        private LookupAnswer answer(Column[] wanted, int count) {
            int[] found = new int[count * rows.size()];
            int[] numbers = new int[count * rows.size()];
            int size = 0;
            for (int key = 0; key < count; key++) {
                List<Object> values =
                        values(wanted, key, IntStream.range(0, wanted.length).toArray());
                for (int row = 0; row < rows.size(); row++) {
                    int[] columns = keys.stream().mapToInt(i -> i).toArray();
                    if (values.equals(values(rows.columns(), row, columns))) {
                        found[size] = row;
                        numbers[size++] = key;
                    }
                }
            }
            return new LookupAnswer(rows.gather(found, size), Arrays.copyOf(numbers, size));
        }

        private List<Object> values(Column[] columns, int row, int[] positions) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < positions.length; i++) {
                DataType type = schema.type(keys.get(i));
                values.add(String.valueOf(Values.read(type, Objects.requireNonNull(columns[positions[i]]), row)));
            }
            return values;
        }

        @Override
        public void close() {}
    }
}
