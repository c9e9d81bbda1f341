package io.laminar.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.TableUse;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before a job starts, and with which words. */
class SinkCheckTest {
    private static final Field ID = new Field("id", Scalar.BIGINT, false);
    private static final Field NAME = new Field("name", Scalar.TEXT);

    @BeforeAll
    static void tables() throws SQLException {
        for (String url : urls()) {
            Servers.execute(
                    url,
                    "DROP TABLE IF EXISTS customers",
                    "CREATE TABLE customers (id BIGINT NOT NULL, name VARCHAR(10), born DATE, PRIMARY KEY (id))",
                    "DROP TABLE IF EXISTS strict_ones",
                    "CREATE TABLE strict_ones (id BIGINT NOT NULL, must VARCHAR(10) NOT NULL,"
                            + " may VARCHAR(10) DEFAULT 'x' NOT NULL)");
        }
        Servers.execute(
                Servers.postgres(),
                "DROP TABLE IF EXISTS kinds",
                "CREATE TABLE kinds (id BIGSERIAL PRIMARY KEY, n NUMERIC, i INT, f REAL, t TEXT, b BOOLEAN, r BYTEA,"
                        + " d DATE, ts TIMESTAMP, j JSONB, a INT[], u UUID, made BIGINT GENERATED ALWAYS AS IDENTITY,"
                        + " low TEXT)",
                "CREATE UNIQUE INDEX ON kinds (lower(low))",
                "CREATE UNIQUE INDEX ON kinds (t) WHERE b",
                "CREATE UNIQUE INDEX ON kinds (u, i) INCLUDE (t)");
    }

    static List<String> urls() {
        return List.of(Servers.postgres(), Servers.H2);
    }

    private static void check(Spec table) {
        new JdbcConnector().check(table.descriptor(), TableUse.SINK);
    }

    private static void assertRefused(Spec table, ErrorCode code, String reason, String hint) {
        LaminarException error = assertThrows(LaminarException.class, () -> check(table));
        assertEquals(code, error.code(), error::describe);
        assertContains(error.reason(), reason);
        assertContains(String.valueOf(error.hint()), hint);
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)), text);
    }

    @ParameterizedTest
    @MethodSource("urls")
    void tablesAndColumnsThatAreNotThere(String url) {
        check(new Spec(url, "customers", ID, NAME));
        check(new Spec(url, "Customers", new Field("NAME", Scalar.TEXT), ID).key("id"));
        assertRefused(new Spec(url, "custmers", ID), ErrorCode.RESOURCE_NOT_FOUND, "no table 'custmers'", "customers");
        assertRefused(new Spec(url, "x; DROP TABLE customers", ID), ErrorCode.RESOURCE_NOT_FOUND, "no table", "it has");
        assertRefused(
                new Spec(url, "customers", ID, new Field("nam", Scalar.TEXT)),
                ErrorCode.INVALID_SCHEMA,
                "no column 'nam'",
                "name");
        assertRefused(
                new Spec(url, "strict_ones", ID),
                ErrorCode.INVALID_SCHEMA,
                "'must' of table 'strict_ones' is NOT NULL without a default",
                "add the column");
        check(new Spec(url, "strict_ones", ID, new Field("must", Scalar.TEXT)));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void keysThatTheDatabaseDoesNotHave(String url) {
        assertRefused(
                new Spec(url, "customers", ID, NAME).key("name"),
                ErrorCode.INVALID_SCHEMA,
                "no primary key or unique index of exactly (name); it has (id)",
                "declare the PRIMARY KEY");
        assertRefused(
                new Spec(url, "strict_ones", ID, new Field("must", Scalar.TEXT)).key("id"),
                ErrorCode.INVALID_SCHEMA,
                "no primary key",
                "ADD PRIMARY KEY (id)");
        check(new Spec(url, "strict_ones", ID, new Field("must", Scalar.TEXT))
                .key("id")
                .with("sink.mode", "append"));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void typesThatDoNotFit(String url) {
        assertRefused(
                new Spec(url, "customers", new Field("id", Scalar.TEXT)),
                ErrorCode.INVALID_SCHEMA,
                "column 'id' is TEXT, and in the database it is bigint",
                "BIGINT");
        assertRefused(
                new Spec(url, "customers", ID, new Field("born", Scalar.TEXT)),
                ErrorCode.INVALID_SCHEMA,
                "it is date",
                "declare it as DATE");
        assertRefused(
                new Spec(url, "customers", ID, new Field("name", Scalar.INT)),
                ErrorCode.INVALID_SCHEMA,
                "column 'name' is INT",
                "CAST");
    }

    private static Spec kinds(String column, DataType type) {
        return new Spec(Servers.postgres(), "kinds", new Field(column, type));
    }

    @Test
    void typesOfPostgres() {
        check(kinds("n", new Decimal(10, 2)));
        check(kinds("n", Scalar.INT));
        check(kinds("f", Scalar.DOUBLE));
        check(kinds("u", Scalar.TEXT));
        check(kinds("j", Scalar.TEXT));
        check(kinds("a", new ListType(Scalar.BIGINT)));
        check(kinds("j", new ListType(Scalar.BIGINT)));
        check(kinds("ts", Scalar.TIMESTAMPTZ));
        assertRefused(kinds("a", new ListType(Scalar.TEXT)), ErrorCode.INVALID_SCHEMA, "it is integer[]", "array");
        assertRefused(kinds("b", Scalar.INT), ErrorCode.INVALID_SCHEMA, "it is boolean", "BOOLEAN");
        assertRefused(kinds("r", Scalar.TEXT), ErrorCode.INVALID_SCHEMA, "it is bytea", "BYTEA");
        assertRefused(kinds("i", Scalar.DOUBLE), ErrorCode.INVALID_SCHEMA, "it is integer", "INT");
        assertRefused(kinds("made", Scalar.BIGINT), ErrorCode.INVALID_SCHEMA, "computed by the database", "leave it");
    }

    @Test
    void onlyWholeUniqueIndexesAreKeys() {
        Field u = new Field("u", Scalar.TEXT, false);
        Field i = new Field("i", Scalar.INT, false);
        check(new Spec(Servers.postgres(), "kinds", u, i).key("i", "u"));
        for (String column : List.of("t", "low")) {
            assertRefused(
                    new Spec(Servers.postgres(), "kinds", new Field(column, Scalar.TEXT, false)).key(column),
                    ErrorCode.INVALID_SCHEMA,
                    "no primary key or unique index of exactly (" + column + ")",
                    "PRIMARY KEY");
        }
    }

    @Test
    void optionsThatContradictEachOther() {
        Spec table = new Spec(Servers.postgres(), "customers", ID, NAME);
        ErrorCode code = ErrorCode.INVALID_OPTION;
        assertRefused(table.with("sink.mode", "upsert"), code, "needs a key", "PRIMARY KEY");
        assertRefused(table.with("sink.exactly_once", "upsert"), code, "by key", "'ledger' or 'xa'");
        assertRefused(table.key("id").with("sink.exactly_once", "xa"), code, "without a key", "'upsert'");
        assertRefused(table.with(BadDataPolicy.DEAD_LETTER), code, "dead_letter", "drop");
        assertRefused(table.with("sink.batch_size", 0L), code, "batch_size", "");
        assertRefused(new Spec(Servers.postgres() + "&preferQueryMode=simple", "customers", ID), code, "binary", "URL");
        check(table.with("sink.exactly_once", "xa"));
        check(table.with("sink.exactly_once", "ledger"));
    }

    @Test
    void serversThatDoNotAnswer() throws Exception {
        String url;
        try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
            url = "jdbc:postgresql://localhost:" + free.getLocalPort() + "/postgres?password=secret";
        }
        assertRefused(new Spec(url, "customers", ID), ErrorCode.UNREACHABLE, "cannot be used", "see that it runs");
        LaminarException error = assertThrows(LaminarException.class, () -> check(new Spec(url, "customers", ID)));
        assertTrue(!error.describe().contains("secret"), error::describe);
        String noUser = Servers.postgres().replaceAll("user=[a-z]+", "user=nobody");
        assertRefused(new Spec(noUser, "customers", ID), ErrorCode.ACCESS_DENIED, "nobody", "username");
        assertRefused(
                new Spec("jdbc:nothing:x", "customers", ID), ErrorCode.INVALID_OPTION, "no JDBC driver", "class path");
    }

    @Test
    void aKeyMakesATableTakeChanges() {
        Spec table = new Spec(Servers.postgres(), "customers", ID, NAME);
        JdbcConnector connector = new JdbcConnector();
        assertEquals(ChangelogSupport.APPEND, connector.changelogSupport(table.descriptor()));
        assertEquals(
                ChangelogSupport.UPSERT,
                connector.changelogSupport(table.key("id").descriptor()));
        assertEquals(
                ChangelogSupport.APPEND,
                connector.changelogSupport(
                        table.key("id").with("sink.mode", "append").descriptor()));
    }
}
