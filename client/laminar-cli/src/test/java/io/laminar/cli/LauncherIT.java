package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of {@code ./laminar}, tried on the script itself. */
class LauncherIT {
    private static final String ROWS = "(VALUES (1, 'ant'), (2, 'bear'), (3, 'cat')) AS t (id, name)";

    /** A person would be impatient after two seconds; a busy machine of CI may be slower. */
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder = Path.of("");

    /** The first start makes the archive of classes; what an older build has left does not fit. */
    @BeforeAll
    static void firstStart(@TempDir Path anywhere) throws Exception {
        Files.deleteIfExists(Launcher.archive());
        Launcher.Ended first = Launcher.run(anywhere, "SELECT 1 + 1 AS two;", "run", "-", "--output", "csv");
        assertEquals("two\n2\n", first.out(), first.err());
        assertTrue(first.err().contains("preparing a faster start"), first.err());
        assertTrue(Files.exists(Launcher.archive()));
    }

    @Test
    void aTrivialFileStartsAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("trivial.sql"), "SELECT id FROM " + ROWS + " WHERE id = 2;");
        Launcher.Ended run = Launcher.run(folder, "", "run", file.toString(), "--output", "csv");
        assertEquals("id\n2\n", run.out(), run.err());
        System.out.println("start of a trivial file: " + run.time().toMillis() + " ms");
        assertTrue(run.time().compareTo(START_LIMIT) < 0, "took " + run.time());
    }

    @Test
    void anExampleRuns() throws Exception {
        Launcher.Ended run = Launcher.run(Launcher.project(), "", "run", "examples/flights.sql", "--output", "csv");
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        String expected = "day,place,origin,flights,average_delay\n"
                + Files.readString(Path.of(Launcher.project() + "/examples/expected/flights.txt"))
                        .replace(' ', ',');
        assertEquals(sorted(expected), sorted(run.out().replaceAll("\\.0(?=\n)", "")));
    }

    private static String sorted(String lines) {
        return String.join("\n", lines.lines().sorted().toList());
    }

    @Test
    void pipedJsonIsClean() {
        Launcher.Ended run =
                Launcher.run(folder, "SELECT id, name FROM " + ROWS + " WHERE id < 3;", "run", "-", "--output", "json");
        assertEquals("{\"id\":1,\"name\":\"ant\"}\n{\"id\":2,\"name\":\"bear\"}\n", run.out());
        assertEquals("", run.err());
        assertEquals(0, run.code());
    }

    @Test
    void aFailingPipelineIsExitCodeOne() {
        Launcher.Ended run = Launcher.run(folder, "SELECT 10 / (id - 2) AS x FROM " + ROWS + ";", "run", "-");
        assertEquals(1, run.code());
        assertTrue(run.err().startsWith("LAM-5003: "), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void everyErrorIsListedWithItsPlaceAndExitCodeTwo() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.sql"), """
                SELECT lowr(name) AS x FROM %1$s;
                CREATE TABLE t (x INT) WITH (connector = 'single_fle', path = 'x', format = 'json');
                CREATE TABLE ticks (counter BIGINT) WITH (connector = 'impulse', event_rate = 1);
                SELECT countr FROM ticks;
                """.formatted(ROWS));
        Launcher.Ended run = Launcher.run(folder, "", "validate", file.toString());
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertAll(
                () -> assertTrue(run.err().contains(file + ":1:8: LAM-2003: "), run.err()),
                () -> assertTrue(run.err().contains("hint: did you mean 'lower'?"), run.err()),
                () -> assertTrue(run.err().contains(file + ":2:42: LAM-4001: "), run.err()),
                () -> assertTrue(run.err().contains("hint: did you mean 'single_file'?"), run.err()),
                () -> assertTrue(run.err().contains(file + ":4:8: LAM-2002: "), run.err()),
                () -> assertTrue(run.err().contains("hint: did you mean 'counter'?"), run.err()),
                () -> assertTrue(run.err().contains("3 errors"), run.err()));
    }

    @Test
    void plansAsGraphs() {
        String sql = "SELECT name, count(*) AS n FROM " + ROWS + " GROUP BY name;";
        Launcher.Ended json = Launcher.run(folder, sql, "explain", "-", "--format", "json");
        assertTrue(json.out().startsWith("{"), json.out() + json.err());
        assertTrue(json.out().contains("\"nodes\""), json.out());
        Launcher.Ended dot = Launcher.run(folder, sql, "explain", "-", "--format", "dot");
        assertTrue(dot.out().startsWith("digraph"), dot.out() + dot.err());
    }

    @Test
    void referenceComesFromTheDeclarations() {
        Launcher.Ended functions = Launcher.run(folder, "", "functions");
        assertTrue(functions.out().contains("date_trunc"), functions.err());
        Launcher.Ended connectors = Launcher.run(folder, "", "connectors");
        assertTrue(connectors.out().contains("single_file (source, sink, lookup)"), connectors.err());
    }

    @Test
    void filesThatAreMissingOrCannotBeRead() throws Exception {
        Launcher.Ended missing = Launcher.run(folder, "", "run", "none.sql");
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("there is no file 'none.sql'"), missing.err());

        Files.createDirectories(folder.resolve("data"));
        Launcher.Ended unreadable = Launcher.run(folder, "", "run", "data");
        assertEquals(2, unreadable.code());
        assertTrue(unreadable.err().contains("it is a folder"), unreadable.err());

        String noData = "CREATE TABLE t (x INT) WITH (connector = 'single_file', path = 'none.json', format = 'json');"
                + "\nSELECT x FROM t;";
        Launcher.Ended absent = Launcher.run(folder, noData, "validate", "-");
        assertEquals(2, absent.code());
        assertTrue(absent.err().contains("LAM-6001"), absent.err());
    }

    @Test
    void anOutputThatExistsIsNotTouched() throws Exception {
        Path precious = Files.writeString(folder.resolve("out.json"), "precious\n");
        String sql = "CREATE TABLE t (x INT) WITH (connector = 'single_file', path = 'out.json', format = 'json');"
                + "\nINSERT INTO t VALUES (1);";
        Launcher.Ended run = Launcher.run(folder, sql, "run", "-");
        assertTrue(run.err().contains("LAM-6003"), run.err());
        assertTrue(run.code() != 0);
        assertEquals("precious\n", Files.readString(precious));
    }
}
