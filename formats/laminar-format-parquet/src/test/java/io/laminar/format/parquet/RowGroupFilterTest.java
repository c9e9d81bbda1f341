package io.laminar.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Values;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.ColumnCondition.Comparison;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row groups without rows that are wanted are not read, and nothing that is wanted is missing. */
class RowGroupFilterTest {
    private static final long SEED = 20270302;
    private static final int ROWS = 4_000;
    private static final Schema SCHEMA = Schema.of(
            new Field("id", Scalar.BIGINT, false),
            new Field("at", Scalar.TIMESTAMP, false),
            new Field("name", Scalar.TEXT),
            new Field("price", new Decimal(12, 2)),
            new Field("ratio", Scalar.DOUBLE),
            new Field("day", Scalar.DATE));

    @TempDir
    static Path folder;

    private static Path file;
    private static final List<List<@Nullable Object>> DATA = new ArrayList<>();

    /** Values grow with the rows, with NULLs and NaN in between, and only NULL for a while. */
    @BeforeAll
    static void write() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < ROWS; i++) {
            boolean bare = i / 500 == 3;
            DATA.add(Arrays.asList(
                    (long) i,
                    1_000L * i + random.nextInt(5_000),
                    bare || random.nextInt(10) == 0 ? null : String.format("n%05d", i + random.nextInt(50)),
                    bare ? null : BigDecimal.valueOf(i * 10L + random.nextInt(100), 2),
                    random.nextInt(100) == 0 ? (Double) Double.NaN : (Double) (i / 7.0),
                    bare ? null : (Integer) (i / 100)));
        }
        file = folder.resolve("rows.parquet");
        ParquetFiles.write(file, SCHEMA, Map.of("parquet.row_group_size", 8_000L), DATA);
    }

    private static FormatSpec spec() {
        return ParquetFiles.spec(SCHEMA, Map.of());
    }

    private static FileReader open(SourceFilter filter) throws IOException {
        ParquetFiles.Input input = new ParquetFiles.Input(file);
        return new ParquetFormat().open(input, spec(), 0, input.length(), filter);
    }

    private static SourceFilter where(ColumnCondition condition) {
        return new SourceFilter(List.of(condition), false, null);
    }

    private static List<List<@Nullable Object>> read(SourceFilter filter, long skipped) throws IOException {
        try (FileReader reader = open(filter)) {
            reader.skip(skipped);
            return ParquetFiles.rest(reader, spec());
        }
    }

    private static List<List<@Nullable Object>> wanted(List<List<@Nullable Object>> rows, ColumnCondition condition) {
        int column = SCHEMA.indexOf(condition.column());
        return rows.stream().filter(row -> condition.holds(row.get(column))).toList();
    }

    private static ColumnCondition draw(Random random) {
        int column = random.nextInt(SCHEMA.size());
        Comparison comparison = Comparison.values()[random.nextInt(Comparison.values().length)];
        List<Object> values = new ArrayList<>();
        int count =
                switch (comparison) {
                    case IS_NULL, IS_NOT_NULL -> 0;
                    case IN -> 3;
                    default -> 1;
                };
        while (values.size() < count) {
            Object value = DATA.get(random.nextInt(ROWS)).get(column);
            if (value != null) {
                values.add(value);
            }
        }
        return new ColumnCondition(SCHEMA.field(column).name(), comparison, values);
    }

    @Test
    void nothingThatIsWantedIsMissing() throws IOException {
        Random random = new Random(SEED);
        int fewer = 0;
        for (int i = 0; i < 150; i++) {
            ColumnCondition condition = draw(random);
            List<List<@Nullable Object>> rows = read(where(condition), 0);
            assertEquals(wanted(DATA, condition), wanted(rows, condition), condition.toString());
            fewer += rows.size() < ROWS ? 1 : 0;
        }
        assertTrue(fewer > 75, "only " + fewer + " conditions left rows out");
    }

    /** A reader that leaves out other rows goes on where the first one stopped. */
    @Test
    void aPositionIsTheSameWhateverIsLeftOut() throws IOException {
        Random random = new Random(SEED + 1);
        for (int i = 0; i < 40; i++) {
            ColumnCondition first = draw(random);
            ColumnCondition second = draw(random);
            int batches = random.nextInt(4);
            long position;
            try (FileReader reader = open(where(first))) {
                while (batches > 0 && reader.next() != null) {
                    batches--;
                }
                position = reader.position();
            }
            List<List<@Nullable Object>> rest = read(where(second), position);
            assertEquals(
                    wanted(DATA.subList((int) position, ROWS), second),
                    wanted(rest, second),
                    first + ", then " + second + " from " + position);
        }
    }

    @Test
    void atTheEndAllRowsArePassed() throws IOException {
        try (FileReader reader = open(where(new ColumnCondition("id", Comparison.LESS, List.of(500L))))) {
            while (reader.next() != null) {}
            assertEquals(ROWS, reader.position());
        }
    }

    @Test
    void nanIsGreaterThanWhatTheFooterSays() throws IOException {
        ColumnCondition condition = new ColumnCondition("ratio", Comparison.GREATER, List.of(1e9));
        List<List<@Nullable Object>> rows = wanted(read(where(condition), 0), condition);
        assertTrue(!rows.isEmpty());
        assertEquals(wanted(DATA, condition), rows);
    }

    /** After each batch time has come as far as it does when all rows are read. */
    @Test
    void timeGoesOnInWhatIsLeftOut() throws IOException {
        ColumnCondition condition = new ColumnCondition("id", Comparison.IN, List.of(1_700L, 2_900L));
        long latest = Long.MIN_VALUE;
        int rows = 0;
        int skipped = 0;
        try (FileReader reader = open(new SourceFilter(List.of(condition), true, "at"))) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    latest = Math.max(latest, (Long) Values.read(Scalar.TIMESTAMP, batch.column(1), row));
                }
                if (batch.lane() == Batch.Lane.SKIPPED) {
                    skipped++;
                    continue;
                }
                rows += batch.size();
                long id = (Long) Values.read(Scalar.BIGINT, batch.column(0), batch.size() - 1);
                assertEquals(latestUpTo((int) id), latest);
            }
        }
        assertEquals(latestUpTo(ROWS - 1), latest);
        assertEquals(3, skipped);
        assertTrue(rows < ROWS / 2, rows + " rows were read");
    }

    private static long latestUpTo(int row) {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i <= row; i++) {
            latest = Math.max(
                    latest, (Long) java.util.Objects.requireNonNull(DATA.get(i).get(1)));
        }
        return latest;
    }
}
