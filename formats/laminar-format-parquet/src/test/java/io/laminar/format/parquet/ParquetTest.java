package io.laminar.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
    private static final DataType GEO =
            new DataType.StructType(List.of(new Field("lat", Scalar.DOUBLE), new Field("name", Scalar.TEXT)));
    private static final Schema NESTED = Schema.of(
            new Field("id", Scalar.BIGINT, false),
            new Field("geo", GEO),
            new Field("tags", new DataType.ListType(Scalar.TEXT)),
            new Field("places", new DataType.ListType(GEO)),
            new Field("grid", new DataType.ListType(new DataType.ListType(Scalar.INT))),
            new Field("props", new DataType.MapType(Scalar.TEXT, new DataType.ListType(Scalar.INT))));
    private static final Schema FLAT = Schema.of(
            new Field("b", Scalar.BOOLEAN),
            new Field("ti", Scalar.TINYINT),
            new Field("si", Scalar.SMALLINT),
            new Field("i", Scalar.INT),
            new Field("l", Scalar.BIGINT),
            new Field("f", Scalar.FLOAT),
            new Field("d", Scalar.DOUBLE),
            new Field("t", Scalar.TEXT),
            new Field("j", Scalar.JSON),
            new Field("date", Scalar.DATE),
            new Field("time", Scalar.TIME),
            new Field("ts", Scalar.TIMESTAMP),
            new Field("tz", Scalar.TIMESTAMPTZ),
            new Field("dec", new DataType.Decimal(9, 2)),
            new Field("wide", new DataType.Decimal(38, 5)));

    @TempDir
    private Path folder = Path.of("");

    private static @Nullable Object random(DataType type, Random random) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        if (type instanceof DataType.ListType list) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(random(list.element(), random));
            }
            return elements;
        } else if (type instanceof DataType.MapType map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                entries.put("k" + i, random(map.value(), random));
            }
            return entries;
        } else if (type instanceof DataType.StructType struct) {
            List<@Nullable Object> members = new ArrayList<>();
            struct.fields().forEach(member -> members.add(random(member.type(), random)));
            return members;
        } else if (type instanceof DataType.Decimal decimal) {
            BigInteger unscaled = new BigInteger(decimal.precision() > 18 ? 120 : 28, random);
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> random.nextInt(256) - 128;
            case SMALLINT -> random.nextInt(65536) - 32768;
            case INT, DATE -> random.nextInt();
            case TIME -> (long) random.nextInt(86_400) * 1_000_003L % 86_400_000_000L;
            case FLOAT -> (double) random.nextFloat();
            case DOUBLE -> random.nextGaussian();
            case TEXT -> random.nextBoolean() ? "value " + random.nextInt(5) : "ü" + random.nextLong();
            case JSON -> "{\"a\":" + random.nextInt() + "}";
            default -> random.nextLong() >> 8;
        };
    }

    private static List<List<@Nullable Object>> randomRows(Schema schema, int count, long seed) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (Field field : schema.fields()) {
                row.add(field.nullable() ? random(field.type(), random) : (Object) (long) i);
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void readsBackWhatItWritesWithEveryCodecAndRowGroupSize() throws IOException {
        for (Schema schema : List.of(FLAT, NESTED)) {
            long seed = schema.size();
            List<List<@Nullable Object>> rows = randomRows(schema, 1_234, seed);
            for (String codec : List.of("zstd", "snappy", "gzip", "lz4_raw", "uncompressed")) {
                Path path = folder.resolve(schema.size() + codec + ".parquet");
                long group = codec.equals("zstd") ? 128L << 20 : 5_000;
                ParquetFiles.write(
                        path, schema, Map.of("parquet.compression", codec, "parquet.row_group_size", group), rows);
                assertEquals(rows, ParquetFiles.read(path, schema, 0), "seed " + seed + ", " + codec);
            }
        }
    }

    @Test
    void goesOnAfterAnyNumberOfRows() throws IOException {
        List<List<@Nullable Object>> rows = randomRows(NESTED, 1_000, 3);
        Path path = folder.resolve("rows.parquet");
        ParquetFiles.write(path, NESTED, Map.of("parquet.row_group_size", 10_000L), rows);
        for (int skipped : new int[] {1, 99, 100, 101, 500, 999, 1_000, 2_000}) {
            assertEquals(
                    rows.subList(Math.min(skipped, 1_000), 1_000),
                    ParquetFiles.read(path, NESTED, skipped),
                    "skipped " + skipped);
        }
        FormatSpec none = new FormatSpec("parquet", NESTED, List.of(), OptionValues.EMPTY);
        assertEquals(1_000, ParquetFiles.read(path, none, 0).size());
        assertEquals(400, ParquetFiles.read(path, none, 600).size());
    }

    @Test
    void everyRowIsInOnePartWhereverTheFileIsCut() throws IOException {
        List<List<@Nullable Object>> rows = randomRows(FLAT, 1_000, 8);
        Path path = folder.resolve("rows.parquet");
        ParquetFiles.write(path, FLAT, Map.of("parquet.row_group_size", 8_000L), rows);
        long length = Files.size(path);
        Random random = new Random(8);
        for (int round = 0; round < 20; round++) {
            List<List<@Nullable Object>> read = new ArrayList<>();
            long from = 0;
            while (from < length) {
                long to = Math.min(length, from + 1 + random.nextInt((int) length / 3));
                FormatSpec spec = ParquetFiles.spec(FLAT, Map.of());
                try (FileReader reader = new ParquetFormat().open(new ParquetFiles.Input(path), spec, from, to)) {
                    read.addAll(ParquetFiles.rest(reader, spec));
                }
                from = to;
            }
            assertEquals(rows, read, "round " + round);
        }
    }

    @Test
    void readsColumnsByNameInTheOrderAsked() throws IOException {
        List<List<@Nullable Object>> rows = randomRows(FLAT, 10, 4);
        Path path = folder.resolve("rows.parquet");
        ParquetFiles.write(path, FLAT, Map.of(), rows);
        Schema wanted =
                Schema.of(new Field("T", Scalar.TEXT), new Field("i", Scalar.BIGINT), new Field("x", Scalar.INT));
        FormatSpec spec = new FormatSpec("parquet", wanted, List.of(1, 0), OptionValues.EMPTY);
        Object i = rows.get(0).get(3);
        assertEquals(
                Arrays.asList(
                        i == null ? null : (Object) ((Integer) i).longValue(),
                        rows.get(0).get(7)),
                ParquetFiles.read(path, spec, 0).get(0));
    }

    @Test
    void saysWhatDoesNotFit() throws IOException {
        Path path = folder.resolve("rows.parquet");
        ParquetFiles.write(path, FLAT, Map.of(), randomRows(FLAT, 50, 5));
        LaminarException missing = assertThrows(
                LaminarException.class, () -> ParquetFiles.read(path, Schema.of(new Field("dats", Scalar.DATE)), 0));
        assertEquals(ErrorCode.INVALID_SCHEMA, missing.code());
        assertEquals("did you mean 'date'?", missing.hint());
        LaminarException type = assertThrows(
                LaminarException.class, () -> ParquetFiles.read(path, Schema.of(new Field("t", Scalar.INT)), 0));
        assertEquals(ErrorCode.INVALID_SCHEMA, type.code());
        assertTrue(
                type.reason().contains("column 't' is declared as INT but the file has optional binary"),
                type.reason());
        LaminarException range = assertThrows(
                LaminarException.class, () -> ParquetFiles.read(path, Schema.of(new Field("l", Scalar.INT)), 0));
        assertEquals(ErrorCode.OVERFLOW, range.code());
        LaminarException nulls = assertThrows(
                LaminarException.class, () -> ParquetFiles.read(path, Schema.of(new Field("i", Scalar.INT, false)), 0));
        assertEquals(ErrorCode.NULL_NOT_ALLOWED, nulls.code());
        Path text = Files.writeString(folder.resolve("text.parquet"), "this is no Parquet file at all");
        LaminarException other = assertThrows(LaminarException.class, () -> ParquetFiles.read(text, FLAT, 0));
        assertEquals(ErrorCode.FILE_UNREADABLE, other.code());
        assertTrue(other.reason().contains("is not a Parquet file"), other.reason());
    }

    @Test
    void readsWhatDuckDbWrites() throws SQLException, IOException {
        Path path = folder.resolve("duck.parquet");
        duckdb("""
                COPY (SELECT i::TINYINT AS ti, i::UINTEGER AS ui, i::UBIGINT AS ub, i::FLOAT AS f,
                    CASE WHEN i %% 3 = 0 THEN NULL ELSE 'text ' || (i %% 7) END AS t,
                    DATE '1970-01-01' + i::INTEGER AS date, TIME '00:00:01' AS time,
                    (TIMESTAMP '1970-01-01 00:00:00' + INTERVAL (i) SECOND)::TIMESTAMP_MS AS ms,
                    (TIMESTAMP '1970-01-01 00:00:00' + INTERVAL (i) SECOND)::TIMESTAMP_NS AS ns,
                    (i / 4)::DECIMAL(4, 2) AS d4, (i / 4)::DECIMAL(18, 2) AS d18, (-i)::DECIMAL(38, 3) AS d38,
                    [i, NULL, i + 1] AS list, {'a': i, 'b': [{'c': 'x' || i}]} AS nested, MAP {'k': i, 'l': NULL} AS map
                    FROM range(100) t(i)) TO '%s' (FORMAT parquet, COMPRESSION snappy)""".formatted(path));
        DataType inner = new DataType.StructType(List.of(new Field("c", Scalar.TEXT)));
        DataType outer = new DataType.StructType(
                List.of(new Field("a", Scalar.BIGINT), new Field("b", new DataType.ListType(inner))));
        Schema schema = Schema.of(
                new Field("ti", Scalar.TINYINT),
                new Field("ui", Scalar.BIGINT),
                new Field("ub", Scalar.BIGINT),
                new Field("f", Scalar.DOUBLE),
                new Field("t", Scalar.TEXT),
                new Field("date", Scalar.DATE),
                new Field("time", Scalar.TIME),
                new Field("ms", Scalar.TIMESTAMP),
                new Field("ns", Scalar.TIMESTAMP),
                new Field("d4", new DataType.Decimal(10, 3)),
                new Field("d18", new DataType.Decimal(18, 2)),
                new Field("d38", new DataType.Decimal(38, 3)),
                new Field("list", new DataType.ListType(Scalar.BIGINT)),
                new Field("nested", outer),
                new Field("map", new DataType.MapType(Scalar.TEXT, Scalar.BIGINT)));
        List<List<@Nullable Object>> rows = ParquetFiles.read(path, schema, 0);
        assertEquals(100, rows.size());
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        map.put("k", 5L);
        map.put("l", null);
        assertEquals(
                Arrays.asList(
                        5,
                        5L,
                        5L,
                        5.0,
                        "text 5",
                        5,
                        1_000_000L,
                        5_000_000L,
                        5_000_000L,
                        new BigDecimal("1.250"),
                        new BigDecimal("1.25"),
                        new BigDecimal("-5.000"),
                        Arrays.asList(5L, null, 6L),
                        List.of(5L, List.of(List.of("x5"))),
                        map),
                rows.get(5));
        assertEquals(null, rows.get(3).get(4));
    }

    @Test
    void duckDbReadsWhatIsWritten() throws SQLException, IOException {
        Path path = folder.resolve("ours.parquet");
        List<List<@Nullable Object>> rows = randomRows(NESTED, 500, 6);
        ParquetFiles.write(path, NESTED, Map.of(), rows);
        assertEquals(
                "500 124750 BIGINT STRUCT(lat DOUBLE, \"name\" VARCHAR) VARCHAR[] MAP(VARCHAR, INTEGER[])",
                duckdb(
                        "SELECT count(*) || ' ' || sum(id) || ' ' || any_value(typeof(id)) || ' ' || any_value(typeof(geo))"
                                + " || ' ' || any_value(typeof(tags)) || ' ' || any_value(typeof(props)) FROM '" + path
                                + "'"));
        long elements = rows.stream()
                .filter(row -> row.get(2) != null)
                .mapToLong(row -> ((List<?>) java.util.Objects.requireNonNull(row.get(2))).size())
                .sum();
        assertEquals("" + elements, duckdb("SELECT sum(len(tags))::BIGINT FROM '" + path + "'"));
        Path flat = folder.resolve("flat.parquet");
        List<List<@Nullable Object>> values = randomRows(FLAT, 500, 7);
        ParquetFiles.write(flat, FLAT, Map.of(), values);
        assertEquals(
                "TIMESTAMP DECIMAL(9,2) DECIMAL(38,5) TINYINT TIME",
                duckdb("SELECT typeof(ts) || ' ' || typeof(dec) || ' ' || typeof(wide) || ' ' || typeof(ti) || ' ' ||"
                        + " typeof(time) FROM '" + flat + "' LIMIT 1"));
        BigDecimal sum = values.stream()
                .map(row -> (BigDecimal) row.get(13))
                .filter(java.util.Objects::nonNull)
                .reduce(BigDecimal.ZERO, (a, b) -> a.add(java.util.Objects.requireNonNull(b)));
        assertEquals(sum.toPlainString(), duckdb("SELECT sum(dec) FROM '" + flat + "'"));
    }

    /** Runs a statement; the first value of its result. */
    private static String duckdb(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? String.valueOf(result.getString(1)) : "";
            }
        }
    }
}
