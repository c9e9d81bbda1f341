package io.laminar.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lookups in a PostgreSQL server and in H2. */
class JdbcLookupTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("id", Scalar.BIGINT, false),
            new Field("name", Scalar.TEXT, true),
            new Field("price", new Decimal(10, 2), true),
            new Field("since", Scalar.TIMESTAMP, true),
            new Field("born", Scalar.DATE, true),
            new Field("ok", Scalar.BOOLEAN, true),
            new Field("ratio", Scalar.DOUBLE, true));

    private static String postgresUrl = "";
    private static String h2Url = "";

    @BeforeAll
    static void start() throws Exception {
        postgresUrl = Servers.postgres();
        h2Url = "jdbc:h2:mem:lookups;DB_CLOSE_DELAY=-1";
        for (String url : urls()) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE Products (id BIGINT, name VARCHAR(40), price NUMERIC(12, 4),"
                        + " since TIMESTAMP, born DATE, ok BOOLEAN, ratio DOUBLE PRECISION)");
                statement.execute("INSERT INTO Products VALUES"
                        + " (1, 'ä', 1.239, '2024-02-29 12:00:00.000001', '2024-02-29', TRUE, 0.5),"
                        + " (2, NULL, NULL, NULL, NULL, NULL, NULL), (3, 'first', 3, NULL, NULL, FALSE, -1),"
                        + " (3, 'second', 4, NULL, NULL, FALSE, 2)");
            }
        }
    }

    static List<String> urls() {
        return List.of(postgresUrl, h2Url);
    }

    private static KeyedTable table(String url, String name, Schema schema, List<Integer> keys) {
        TableDescriptor table = new TableDescriptor(
                "products",
                "jdbc",
                schema,
                Map.of(),
                List.of(),
                List.of(),
                new OptionValues(Map.of("url", url, "table", name)),
                null,
                BadDataPolicy.FAIL);
        return (KeyedTable) new JdbcConnector().lookup(table, keys);
    }

    private static LookupAnswer find(KeyedTable table, Column... keys) {
        return table.find(keys, keys[0].size()).toCompletableFuture().join();
    }

    private static LongColumn ids(long... ids) {
        return new LongColumn(ids, null, ids.length);
    }

    private static List<String> rows(Schema schema, LookupAnswer answer) {
        List<String> rows = new ArrayList<>();
        Batch batch = answer.rows();
        for (int row = 0; row < batch.size(); row++) {
            List<String> values = new ArrayList<>();
            for (int c = 0; c < schema.size(); c++) {
                values.add(String.valueOf(Values.read(schema.type(c), batch.column(c), row)));
            }
            rows.add(answer.keys()[row] + ": " + String.join(" ", values));
        }
        rows.sort(null);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("urls")
    void findsAllRowsOfAKeyWithTheirTypes(String url) {
        try (KeyedTable table = table(url, "Products", SCHEMA, List.of(0))) {
            LookupAnswer answer = find(table, ids(3, 7, 2, 1));
            assertEquals(
                    List.of(
                            "0: 3 first 3.00 null null false -1.0",
                            "0: 3 second 4.00 null null false 2.0",
                            "2: 2 null null null null null null",
                            "3: 1 ä 1.24 1709208000000001 19782 true 0.5"),
                    rows(SCHEMA, answer));
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void findsByKeysOfSeveralColumns(String url) {
        Schema schema = Schema.of(
                new Field("NAME", Scalar.TEXT, true),
                new Field("ID", Scalar.BIGINT, false),
                new Field("price", new Decimal(10, 2), true));
        try (KeyedTable table = table(url, "products", schema, List.of(0, 1))) {
            Column names = Values.constant(Scalar.TEXT, "second").gather(new int[] {0, 0}, 2);
            assertEquals(List.of("1: second 3 4.00"), rows(schema, find(table, names, ids(1, 3))));
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void findsByEveryTypeOfKey(String url) {
        Map<Integer, Object> keys =
                Map.of(1, "ä", 2, new BigDecimal("1.24"), 3, 1709208000000001L, 4, 19782, 5, true, 6, 0.5);
        keys.forEach((column, value) -> {
            try (KeyedTable table = table(url, "products", SCHEMA, List.of(column))) {
                Column key = Values.constant(SCHEMA.type(column), value);
                // The database holds 1.239: the price is rounded where it is read, not where it is compared.
                List<Long> expected = column == 2 ? List.of() : List.of(1L);
                Batch found = find(table, key).rows();
                List<Long> ids = new ArrayList<>();
                for (int row = 0; row < found.size(); row++) {
                    ids.add(((LongColumn) found.column(0)).value(row));
                }
                assertEquals(expected, ids, SCHEMA.field(column).name());
            }
        });
    }

    @Test
    void manyRequestsRunAtTheSameTime() {
        try (KeyedTable table = table(postgresUrl, "products", SCHEMA, List.of(0))) {
            var answers = new ArrayList<java.util.concurrent.CompletableFuture<LookupAnswer>>();
            for (int i = 0; i < 50; i++) {
                answers.add(table.find(new Column[] {ids(1, 2)}, 2).toCompletableFuture());
            }
            answers.forEach(answer -> assertArrayEquals(
                    new int[] {0, 1},
                    java.util.Arrays.stream(answer.join().keys())
                            .limit(2)
                            .sorted()
                            .toArray()));
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void namesAColumnThatIsNotThere(String url) {
        Schema schema = Schema.of(new Field("nam", Scalar.TEXT, true));
        try (KeyedTable table = table(url, "products", schema, List.of(0))) {
            LaminarException error = failure(table, Values.constant(Scalar.TEXT, "x"));
            assertEquals(ErrorCode.INVALID_SCHEMA, error.code());
            assertTrue(
                    String.valueOf(error.hint())
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains("name"),
                    error::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void aTableThatIsNotThereIsNotAskedAgain(String url) {
        try (KeyedTable table = table(url, "nothing_here", SCHEMA, List.of(0))) {
            assertEquals(ErrorCode.LOOKUP_FAILED, failure(table, ids(1)).code());
        }
    }

    @Test
    void nullInAColumnThatRefusesIt() {
        Schema schema = Schema.of(new Field("id", Scalar.BIGINT, false), new Field("name", Scalar.TEXT, false));
        try (KeyedTable table = table(postgresUrl, "products", schema, List.of(0))) {
            assertEquals(ErrorCode.NULL_NOT_ALLOWED, failure(table, ids(2)).code());
        }
    }

    @Test
    void aServerThatDoesNotAnswerMayBeAskedAgain() throws IOException {
        String url;
        try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
            url = "jdbc:postgresql://localhost:" + free.getLocalPort() + "/postgres?connectTimeout=1";
        }
        TableDescriptor closed = new TableDescriptor(
                "products",
                "jdbc",
                SCHEMA,
                Map.of(),
                List.of(),
                List.of(),
                new OptionValues(Map.of("url", url, "table", "products")),
                null,
                BadDataPolicy.FAIL);
        try (KeyedTable table = (KeyedTable) new JdbcConnector().lookup(closed, List.of(0))) {
            CompletionException error = assertThrows(CompletionException.class, () -> find(table, ids(1)));
            assertInstanceOf(IllegalStateException.class, error.getCause());
        }
    }

    private static LaminarException failure(KeyedTable table, Column key) {
        CompletionException error = assertThrows(CompletionException.class, () -> find(table, key));
        return assertInstanceOf(LaminarException.class, error.getCause());
    }

    @Test
    void textsOfKeysAreNotLookedUpByPrefix() {
        Schema schema = Schema.of(new Field("name", Scalar.TEXT, true));
        try (KeyedTable table = table(postgresUrl, "products", schema, List.of(0))) {
            Batch found = find(table, Values.constant(Scalar.TEXT, "fir")).rows();
            assertEquals(0, found.size());
            assertInstanceOf(BytesColumn.class, found.column(0));
        }
    }

    @Test
    void noSecretIsShown() {
        assertEquals(
                "jdbc:postgresql://host/db",
                JdbcErrors.withoutSecrets("jdbc:postgresql://u:secret@host/db?password=x"));
    }
}
