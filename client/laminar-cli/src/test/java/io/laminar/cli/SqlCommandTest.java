package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.cli.remote.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell without a terminal. */
class SqlCommandTest {
    private static final String VIEW =
            "CREATE VIEW animals AS SELECT id, name FROM (VALUES (1, 'ant'), (2, 'bear')) AS t (id," + " name);\n";

    @Test
    void statementsAreRunOneAfterTheOther() {
        Laminar run = Laminar.with(
                VIEW + "SELECT name FROM animals WHERE id = 1; SELECT count(*) AS n\nFROM animals;", "sql");
        assertEquals(0, run.code(), run.err());
        assertEquals("name\n----\nant\nn\n-\n2\n", run.out());
    }

    @Test
    void theLastStatementNeedsNoSemicolon() {
        assertEquals(
                "x\n1\n",
                Laminar.with("SELECT 1 AS x", "sql", "--output", "csv").out());
    }

    @Test
    void commands() {
        Laminar run =
                Laminar.with(VIEW + "\\d\n\\d animals\n\\output json\nSELECT id FROM animals;\n\\q\nSELECT 1;", "sql");
        assertEquals(0, run.code(), run.err());
        assertEquals("""
                animals
                column  type
                ------  -------------
                id      INT NOT NULL
                name    TEXT NOT NULL
                {"id":1}
                {"id":2}
                """, run.out());
        Laminar wrong = Laminar.with("\\outptu csv", "sql");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("did you mean '\\output'?"), wrong.err());
    }

    @Test
    void theFirstErrorEndsItAndIsShownAtItsPlace() {
        Laminar run = Laminar.with(VIEW + "SET parallelism = 1;\n  SELECT\n nope FROM animals;\nSELECT 1;", "sql");
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("<stdin>:4:2: LAM-2002: "), run.err());
        assertTrue(run.err().contains(" 4 |  nope FROM animals;\n   |  ^^^^\n"), run.err());

        Laminar declared = Laminar.with("SELECT 1 AS x;\nCREATE VIEW v AS SELECT nope;", "sql", "--output", "csv");
        assertEquals(2, declared.code());
        assertEquals("x\n1\n", declared.out());
        assertTrue(declared.err().startsWith("<stdin>:2:25: "), declared.err());

        Laminar failed = Laminar.with("SELECT 1 / (id - 1) FROM (VALUES (1)) AS t (id);", "sql");
        assertEquals(1, failed.code());
        assertTrue(failed.err().startsWith("LAM-5003"), failed.err());
    }

    @Test
    void insertsWrite(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out.csv");
        Laminar run = Laminar.with(
                "CREATE TABLE t (id INT) WITH (connector = 'single_file', path = '" + out + "', format = 'json');\n"
                        + "INSERT INTO t VALUES (7);\nEXPLAIN SELECT 1;",
                "sql");
        assertEquals(0, run.code(), run.err());
        assertEquals("{\"id\":7}\n", Files.readString(out));
        assertTrue(run.out().contains("alues"), run.out());
    }

    @Test
    void onAServer(@TempDir Path folder) throws Exception {
        Path data = Files.writeString(folder.resolve("orders.json"), "{\"id\": 7}\n{\"id\": 8}\n");
        Path table = Files.writeString(
                folder.resolve("orders.sql"),
                "CREATE TABLE orders (id INT) WITH (connector = 'single_file', path = '" + data
                        + "', format = 'json');");
        try (Platform platform = Platform.start(folder)) {
            assertEquals(
                    0,
                    platform.laminar("", "table", "create", "-f", table.toString())
                            .code());
            Laminar run = platform.laminar(
                    "CREATE VIEW large AS SELECT id FROM orders WHERE id > 7;\n\\d\n\\d large\nSELECT * FROM large;",
                    "sql",
                    "--server");
            assertEquals(0, run.code(), run.err());
            assertEquals("large\norders\ncolumn  type\n------  ----\nid      INT\nid\n--\n 8\n", run.out());
            Laminar wrong = platform.laminar("SET parallelism = 1;\nSELECT nope FROM orders;", "sql", "--server");
            assertEquals(2, wrong.code());
            assertTrue(wrong.err().startsWith("<stdin>:2:8: LAM-2002: "), wrong.err());
            assertFalse(wrong.err().contains("\tat "), wrong.err());
        }
    }

    @Test
    void withoutServerItRunsHereAndConnectsWhenToldTo(@TempDir Path folder) throws Exception {
        Path data = Files.writeString(folder.resolve("orders.json"), "{\"id\": 7}\n");
        Path table = Files.writeString(
                folder.resolve("orders.sql"),
                "CREATE TABLE orders (id INT) WITH (connector = 'single_file', path = '" + data
                        + "', format = 'json');");
        try (Platform platform = Platform.start(folder)) {
            assertEquals(
                    0,
                    platform.anonymous("", "login", platform.address(), platform.token())
                            .code());
            assertEquals(
                    0,
                    platform.anonymous("", "table", "create", "-f", table.toString())
                            .code());
            // The server of the login is used only if that is asked for.
            Laminar here = platform.anonymous("SELECT id FROM orders;", "sql");
            assertEquals(2, here.code());
            assertTrue(here.err().contains("LAM-2001"), here.err());
            Laminar there = platform.anonymous("SELECT id FROM orders;", "sql", "--server");
            assertEquals("id\n--\n 7\n", there.out(), there.err());

            Laminar both = platform.anonymous(
                    "CREATE VIEW more AS SELECT 1 AS x;\n\\output csv\n\\connect\nSELECT id, x FROM orders, more;\n"
                            + "\\connect -\nSELECT x FROM more;\n\\connect " + platform.address() + "\n\\d\n",
                    "sql");
            assertEquals(0, both.code(), both.err());
            assertEquals("id,x\n7,1\nx\n1\nmore\norders\n", both.out());
            assertTrue(both.err().contains("statements run on " + platform.address()), both.err());
            assertTrue(both.err().contains("statements run here, in this process"), both.err());

            Laminar nobody = platform.anonymous("\\connect http://localhost:1\nSELECT 1;", "sql");
            assertEquals(1, nobody.code());
            assertTrue(nobody.err().contains("http://localhost:1 does not answer"), nobody.err());
        }
    }
}
