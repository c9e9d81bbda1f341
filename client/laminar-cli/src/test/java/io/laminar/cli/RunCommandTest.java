package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String ROWS = "(VALUES (1, 'ant'), (2, 'bear'), (3, 'cat')) AS t (id, name)";

    @Test
    void aFiniteResultIsOneTable() {
        Laminar run = Laminar.with("SELECT id, name FROM " + ROWS + " WHERE id > 1;", "run", "-");
        assertEquals("", run.err());
        assertEquals("""
                id  name
                --  ----
                 2  bear
                 3  cat
                """, run.out());
        assertEquals(0, run.code());
    }

    @Test
    void anEmptyResultHasItsHeader() {
        Laminar run = Laminar.with("SELECT id, name FROM " + ROWS + " WHERE id > 9;", "run", "-");
        assertEquals("""
                id  name
                --  ----
                """, run.out());
    }

    @Test
    void anAggregateOverFiniteRowsShowsItsFinalRows() {
        Laminar run = Laminar.with("SELECT count(*) AS n, max(id) AS id FROM " + ROWS + ";", "run", "-");
        assertEquals("""
                n  id
                -  --
                3   3
                """, run.out(), run.err());
    }

    @Test
    void earlyResultsCarryTheirKind() {
        Laminar run =
                Laminar.with("SELECT count(*) AS n FROM " + ROWS + " EMIT CHANGES;", "run", "-", "--output", "json");
        assertEquals("{\"op\":\"+I\",\"n\":3}\n", run.out(), run.err());
    }

    @Test
    void jsonAndCsvAreClean() {
        String sql = "SELECT id, name FROM " + ROWS + " WHERE id < 3;";
        Laminar json = Laminar.with(sql, "run", "-", "--output", "json");
        assertEquals("{\"id\":1,\"name\":\"ant\"}\n{\"id\":2,\"name\":\"bear\"}\n", json.out());
        assertEquals("", json.err());
        Laminar csv = Laminar.with(sql, "run", "-", "--output", "csv");
        assertEquals("id,name\n1,ant\n2,bear\n", csv.out());
        assertEquals("", csv.err());
    }

    @Test
    void parallelismDoesNotChangeTheResult() {
        Laminar run = Laminar.with(
                "SELECT name, count(*) AS n FROM " + ROWS + " GROUP BY name ORDER BY name;",
                "run",
                "-p",
                "3",
                "-",
                "--output",
                "csv");
        assertEquals("name,n\nant,1\nbear,1\ncat,1\n", run.out(), run.err());
    }

    @Test
    void aTerminalGetsASummaryOnTheErrorStream() {
        Laminar run = Laminar.onTerminal("SELECT id FROM " + ROWS + ";", "run", "-");
        assertEquals(0, run.code());
        assertTrue(run.err().contains("Done after "), run.err());
        assertTrue(run.err().contains(" 3 out"), run.err());
        assertFalse(run.out().contains("Done"), run.out());
    }

    @Test
    void explainInTheTextPrintsThePlan() {
        Laminar run = Laminar.with("EXPLAIN SELECT id FROM " + ROWS + ";", "run", "-");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("alues"), run.out());
    }

    @Test
    void errorsInSqlShowTheirPlace(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("my.sql"), "SELECT id,\n  nme FROM " + ROWS + ";\n");
        Laminar run = Laminar.with("", "run", file.toString());
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith(file + ":2:3: LAM-2002: "), run.err());
        assertTrue(run.err().contains(" 2 |   nme FROM"), run.err());
        assertTrue(run.err().contains("\n   |   ^^^\n"), run.err());
    }

    @Test
    void errorsInDataHaveNoStackTrace() {
        Laminar run = Laminar.with("SELECT 10 / (id - 2) AS x FROM " + ROWS + ";", "run", "-");
        assertEquals(1, run.code());
        assertTrue(run.err().startsWith("LAM-5003: "), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void debugShowsTheStackTrace() {
        Laminar run = Laminar.with("SELECT 10 / (id - 2) AS x FROM " + ROWS + ";", "--debug", "run", "-");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("\tat io.laminar"), run.err());
    }

    @Test
    void wrongUseIsExitCodeTwo(@TempDir Path folder) {
        assertEquals(
                2,
                Laminar.with("", "run", folder.resolve("none.sql").toString()).code());
        assertEquals(2, Laminar.with("", "run", folder.toString()).code());
        assertEquals(2, Laminar.with("", "run", "-p", "0", "-").code());
        assertEquals(2, Laminar.with("", "run", "-p", "many", "-").code());
        assertEquals(2, Laminar.with("", "run", "--output", "xml", "-").code());
        assertEquals(2, Laminar.with("", "rnu").code());
        assertEquals(
                2,
                Laminar.with("SELECT 1;", "run", "--set", "no_such_setting=1", "-")
                        .code());
        assertEquals(2, Laminar.with("", "run", "-").code());
    }

    @Test
    void aFinishedPipelineSaysSo(@TempDir Path folder) {
        String state = folder.resolve("state").toString();
        String sql = "SELECT id FROM " + ROWS + ";";
        assertEquals(0, Laminar.with(sql, "run", "--state", state, "-").code());
        Laminar again = Laminar.with(sql, "run", "--state", state, "-");
        assertEquals(0, again.code());
        assertTrue(again.err().contains("has run to its end"), again.err());
    }
}
