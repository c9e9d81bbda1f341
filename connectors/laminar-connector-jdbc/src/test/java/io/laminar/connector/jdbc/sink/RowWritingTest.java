package io.laminar.connector.jdbc.sink;

import static io.laminar.connector.jdbc.Tables.batch;
import static io.laminar.connector.jdbc.Tables.batchOf;
import static io.laminar.connector.jdbc.Tables.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.JobContext;
import io.laminar.connector.jdbc.JdbcConnector;
import io.laminar.connector.jdbc.Servers;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What statements do with rows, without a job around them. */
class RowWritingTest {
    private static final Field ID = new Field("id", Scalar.BIGINT, false);
    private static final Field NAME = new Field("name", Scalar.TEXT);

    static List<String> urls() {
        return List.of(Servers.postgres(), Servers.H2, Servers.sqlite());
    }

    private final SimpleCounter bad = new SimpleCounter();

    private static SinkSettings settings(Spec table) {
        return ((DirectSink)
                        new JdbcConnector().sink(table.descriptor(), new JobContext("rows", Duration.ofSeconds(1))))
                .settings();
    }

    private void write(Spec table, Batch... batches) throws SQLException {
        SinkSettings settings = settings(table);
        ChangeBuffer buffer = new ChangeBuffer(settings.schema(), settings.key(), 10_000);
        for (Batch batch : batches) {
            assertEquals(batch.size(), buffer.add(batch, 0));
        }
        RefusedRows refused = new RefusedRows(settings, bad);
        try (OpenTable open = OpenTable.on(settings.database().connect(), settings)) {
            new ChangeWriter(Atomic.TRANSACTION, refused).write(buffer.drain(), open);
        }
        refused.settle();
    }

    @ParameterizedTest
    @MethodSource("urls")
    void insertsRows(String url) throws Exception {
        Servers.execute(url, "DROP TABLE IF EXISTS plain", "CREATE TABLE plain (id BIGINT, name VARCHAR(40))");
        Spec table = new Spec(url, "plain", ID, NAME);
        new JdbcConnector().check(table.descriptor(), io.laminar.connector.TableUse.SINK);
        write(table, batch(table.schema(), row("+I", 1, "ä€𝄞\n'\"\\"), row("+I", 1, null), row("+I", 2, "")));
        assertEquals(List.of("1|null", "1|ä€𝄞\n'\"\\", "2|"), sorted(url, "SELECT id, name FROM plain"));
    }

    private static List<String> sorted(String url, String query) throws SQLException {
        List<String> rows = new ArrayList<>(Servers.rows(url, query));
        rows.sort(null);
        return rows;
    }

    /** A server that crashes keeps what was committed, whatever its settings say. */
    @ParameterizedTest
    @CsvSource({"off,on", "on,on", "local,local", "remote_apply,remote_apply"})
    void commitsWaitForTheLog(String before, String after) throws Exception {
        Servers.execute(Servers.postgres(), "DROP TABLE IF EXISTS logged", "CREATE TABLE logged (id BIGINT)");
        String url = Servers.postgres() + "&options=-c%20synchronous_commit=" + before;
        SinkSettings settings = settings(new Spec(url, "logged", ID));
        try (OpenTable open = OpenTable.on(settings.database().connect(), settings);
                Statement statement = open.connection().createStatement();
                ResultSet found = statement.executeQuery("SHOW synchronous_commit")) {
            found.next();
            assertEquals(after, found.getString(1));
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void theLastChangeOfAKeyCounts(String url) throws Exception {
        Servers.execute(
                url,
                "DROP TABLE IF EXISTS keyed",
                "CREATE TABLE keyed (id BIGINT, name VARCHAR(40), part VARCHAR(10), PRIMARY KEY (part, id))",
                "INSERT INTO keyed VALUES (7, 'old', 'a'), (8, 'old', 'a'), (9, 'old', 'a')");
        Spec table = new Spec(url, "keyed", ID, NAME, new Field("part", Scalar.TEXT, false)).key("part", "id");
        new JdbcConnector().check(table.descriptor(), io.laminar.connector.TableUse.SINK);
        write(
                table,
                batch(table.schema(), row("+I", 1, "a", "a"), row("+I", 1, "b", "b"), row("+U", 7, "new", "a")),
                batch(table.schema(), row("+U", 1, "c", "a"), row("-D", 8, null, "a"), row("-D", 1, null, "b")),
                batch(table.schema(), row("-D", 9, "old", "a"), row("+I", 9, "again", "a")));
        assertEquals(List.of("a|1|c", "a|7|new", "a|9|again"), sorted(url, "SELECT part, id, name FROM keyed"));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void aTableOfNothingButItsKey(String url) throws Exception {
        Servers.execute(url, "DROP TABLE IF EXISTS ids", "CREATE TABLE ids (id BIGINT PRIMARY KEY)");
        Spec table = new Spec(url, "ids", ID).key("id");
        write(table, batch(table.schema(), row("+I", 1), row("+I", 2)));
        write(table, batch(table.schema(), row("+I", 1), row("-D", 2)));
        assertEquals(List.of("1"), sorted(url, "SELECT id FROM ids"));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void refusedRowsAreFoundAndLeftOut(String url) throws Exception {
        Servers.execute(
                url,
                "DROP TABLE IF EXISTS checked",
                "CREATE TABLE checked (id BIGINT PRIMARY KEY, name VARCHAR(40) CHECK (name <> 'bad'))");
        Spec table = new Spec(url, "checked", ID, NAME).key("id");
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(Arrays.asList("+I", (long) i, i % 33 == 5 ? "bad" : "good"));
        }
        LaminarException refused =
                assertThrows(LaminarException.class, () -> write(table, batchOf(table.schema(), rows)));
        assertEquals(ErrorCode.ROW_REFUSED, refused.code());
        assertTrue(refused.reason().contains("id = 5:"), refused::describe);
        write(table.with(BadDataPolicy.DROP), batchOf(table.schema(), rows));
        assertEquals(List.of("97"), Servers.rows(url, "SELECT count(*) FROM checked"));
        assertEquals(3, bad.getCount());
    }

    @Test
    void postgresNamesTheValueThatIsTooLong() throws SQLException {
        String url = Servers.postgres();
        Servers.execute(
                url, "DROP TABLE IF EXISTS short", "CREATE TABLE short (id INT, name VARCHAR(3), code CHAR(2))");
        Spec table = new Spec(url, "short", ID, NAME, new Field("code", Scalar.TEXT));
        LaminarException tooLong = assertThrows(
                LaminarException.class,
                () -> write(table, batch(table.schema(), row("+I", 1, "abc", "xy"), row("+I", 2, "abcd", "xy"))));
        assertTrue(tooLong.reason().contains("id = 2, name = 'abcd'"), tooLong::describe);
        assertTrue(tooLong.reason().contains("value too long"), tooLong::describe);
        LaminarException code = assertThrows(
                LaminarException.class, () -> write(table, batch(table.schema(), row("+I", 1, "abc", "xyz"))));
        assertTrue(code.reason().contains("value too long"), code::describe);
        LaminarException range = assertThrows(
                LaminarException.class, () -> write(table, batch(table.schema(), row("+I", 1L << 40, "abc", "xy"))));
        assertTrue(range.reason().contains("out of range"), range::describe);
        assertEquals(List.of("1"), Servers.rows(url, "SELECT id FROM short"));
    }

    @Test
    void everyTypeOfPostgres() throws SQLException {
        String url = Servers.postgres();
        DataType struct = new StructType(List.of(new Field("x", Scalar.INT), new Field("t", Scalar.TEXT)));
        Field[] fields = {
            new Field("Id", Scalar.BIGINT, false),
            new Field("b", Scalar.BOOLEAN),
            new Field("i2", Scalar.SMALLINT),
            new Field("i4", Scalar.INT),
            new Field("f4", Scalar.FLOAT),
            new Field("f8", Scalar.DOUBLE),
            new Field("n", new Decimal(10, 2)),
            new Field("big", new Decimal(38, 5)),
            new Field("t", Scalar.TEXT),
            new Field("u", Scalar.TEXT),
            new Field("mood", Scalar.TEXT),
            new Field("raw", Scalar.BYTES),
            new Field("d", Scalar.DATE),
            new Field("tm", Scalar.TIME),
            new Field("ts", Scalar.TIMESTAMP),
            new Field("tz", Scalar.TIMESTAMPTZ),
            new Field("span", Scalar.INTERVAL),
            new Field("months", Scalar.INTERVAL_MONTHS),
            new Field("j", Scalar.JSON),
            new Field("jb", Scalar.JSON),
            new Field("ints", new ListType(Scalar.BIGINT)),
            new Field("texts", new ListType(Scalar.TEXT)),
            new Field("nested", new ListType(new ListType(new Decimal(5, 1)))),
            new Field("m", new MapType(Scalar.TEXT, Scalar.TIMESTAMP)),
            new Field("s", struct),
            new Field("ls", new ListType(struct)),
        };
        Servers.execute(
                url,
                "DROP SCHEMA IF EXISTS \"My Schema\" CASCADE",
                "CREATE SCHEMA \"My Schema\"",
                "CREATE TYPE \"My Schema\".\"Mood\" AS ENUM ('happy', 'sad')",
                "CREATE DOMAIN \"My Schema\".positive AS integer CHECK (VALUE > 0)",
                """
                CREATE TABLE "My Schema"."All Types" ("Id" BIGINT PRIMARY KEY, b BOOL, i2 SMALLINT, i4 "My Schema".positive,
                  f4 REAL, f8 DOUBLE PRECISION, n NUMERIC(10, 2), big NUMERIC, t TEXT, u UUID, mood "My Schema"."Mood",
                  raw BYTEA, d DATE, tm TIME, ts TIMESTAMP, tz TIMESTAMPTZ, span INTERVAL, months INTERVAL, j JSON,
                  jb JSONB, ints BIGINT[], texts TEXT[], nested NUMERIC[], m JSONB, s JSONB, ls JSONB,
                  made TIMESTAMP NOT NULL DEFAULT now(), twice BIGINT GENERATED ALWAYS AS ("Id" * 2) STORED)
                """);
        Spec table = new Spec(url, "My Schema.All Types", fields).key("Id");
        new JdbcConnector().check(table.descriptor(), io.laminar.connector.TableUse.SINK);
        List<Object> full = Arrays.asList(
                "+I",
                1L,
                true,
                2,
                3,
                0.5,
                -1e300,
                new BigDecimal("-12345678.90"),
                new BigDecimal("123456789012345678901234567890123.45678"),
                "ä€𝄞",
                "123e4567-e89b-12d3-a456-426614174000",
                "sad",
                new byte[] {0, -1, 92},
                19782,
                45_296_000_001L,
                1709208000000001L,
                -62135596800000000L,
                93_784_000_001L + 86_400_000_000L,
                14L,
                "{\"a\": [1, null]}",
                "{\"a\":  1}",
                List.of(1L, 2L),
                Arrays.asList("a\"b\\c", null, "NULL", "", "x,y{}"),
                List.of(List.of(new BigDecimal("1.5")), List.of(new BigDecimal("2.0"))),
                Map.of("k\"ey", 1709208000000000L),
                Arrays.asList(7, null),
                List.of(List.of(1, "a\u0001b")));
        Object[] empty = new Object[fields.length + 1];
        empty[0] = "+I";
        empty[1] = 2L;
        write(table, batch(table.schema(), full, Arrays.asList(empty)));
        String all =
                "SELECT \"Id\", b, i2, i4, f4, f8, n, big, t, u, mood, raw::text, d, tm, ts, tz AT TIME ZONE 'UTC',"
                        + " span, months, j, jb, ints, texts, nested, m, s, ls, twice FROM \"My Schema\".\"All Types\" ORDER BY 1";
        assertEquals(
                List.of(
                        "1|t|2|3|0.5|-1e+300|-12345678.90|123456789012345678901234567890123.45678|ä€𝄞"
                                + "|123e4567-e89b-12d3-a456-426614174000|sad|\\x00ff5c|2024-02-29|12:34:56.000001"
                                + "|2024-02-29 12:00:00.000001|0001-01-01 00:00:00|2 days 02:03:04.000001"
                                + "|1 year 2 mons|{\"a\": [1, null]}|{\"a\": 1}|{1,2}"
                                + "|{\"a\\\"b\\\\c\",NULL,\"NULL\",\"\",\"x,y{}\"}|{{1.5},{2.0}}"
                                + "|{\"k\\\"ey\": \"2024-02-29 12:00:00\"}|{\"t\": null, \"x\": 7}"
                                + "|[{\"t\": \"a\\u0001b\", \"x\": 1}]|2",
                        "2" + "|null".repeat(fields.length - 1) + "|4"),
                Servers.rows(url, all));
        // The same rows again, changed: every column is replaced, and NULLs come and go.
        List<Object> swapped = new ArrayList<>(full);
        swapped.set(0, "+U");
        swapped.set(1, 2L);
        empty[1] = 1L;
        write(table, batch(table.schema(), swapped, Arrays.asList(empty)));
        assertEquals(
                List.of("1" + "|null".repeat(fields.length - 1) + "|2"),
                Servers.rows(url, all).subList(0, 1));
        LaminarException domain = assertThrows(LaminarException.class, () -> {
            List<Object> wrong = new ArrayList<>(full);
            wrong.set(4, -3);
            write(table, batch(table.schema(), wrong));
        });
        assertTrue(domain.reason().contains("positive"), domain::describe);
    }

    @Test
    void keysOfEveryType() throws SQLException {
        String url = Servers.postgres();
        record Key(String type, DataType ours, List<Object> values) {}
        List<Key> keys = List.of(
                new Key("TEXT", Scalar.TEXT, List.of("a", "A", "", "ä")),
                new Key("CHAR(3)", Scalar.TEXT, List.of("a", "bcd")),
                new Key("UUID", Scalar.TEXT, List.of("123e4567-e89b-12d3-a456-426614174000")),
                new Key("NUMERIC(30, 3)", new Decimal(30, 3), List.of(new BigDecimal("1.000"), new BigDecimal("-1.5"))),
                new Key("INT", Scalar.BIGINT, List.of(1L, 2L, -1L)),
                new Key("DOUBLE PRECISION", Scalar.DOUBLE, List.of(1.5, -0.25)),
                new Key("DATE", Scalar.DATE, List.of(0, -1, 19782)),
                new Key("TIMESTAMP", Scalar.TIMESTAMP, List.of(0L, 1L, -1L)),
                new Key("BYTEA", Scalar.BYTES, List.of(new byte[0], new byte[] {1}, new byte[] {1, 0})),
                new Key("BOOLEAN", Scalar.BOOLEAN, List.of(true, false)));
        for (Key key : keys) {
            Servers.execute(
                    url, "DROP TABLE IF EXISTS bykey", "CREATE TABLE bykey (k " + key.type + " PRIMARY KEY, v INT)");
            Spec table = new Spec(url, "bykey", new Field("k", key.ours, false), new Field("v", Scalar.INT)).key("k");
            List<List<Object>> inserts = new ArrayList<>();
            List<List<Object>> changes = new ArrayList<>();
            for (int i = 0; i < key.values.size(); i++) {
                inserts.add(List.of("+I", key.values.get(i), i));
                changes.add(
                        i == 0 ? Arrays.asList("-D", key.values.get(i), null) : List.of("+U", key.values.get(i), -i));
            }
            write(table, batchOf(table.schema(), inserts), batchOf(table.schema(), inserts));
            write(table, batchOf(table.schema(), changes));
            assertEquals(
                    IntStream.range(1, key.values.size())
                            .map(i -> i - key.values.size())
                            .mapToObj(String::valueOf)
                            .toList(),
                    Servers.rows(url, "SELECT v FROM bykey ORDER BY v"),
                    key.type);
        }
    }
}
