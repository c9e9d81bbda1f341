package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.PlainFlink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any Flink cluster of the same version runs pipelines: Laminar's jars go there with the job, and connectors, formats and
 * functions are found in the job's own class loader.
 */
class PlainFlinkIT {
    @TempDir
    private static Path flinkFolder = Path.of("");

    private static PlainFlink flink;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        flink = PlainFlink.start(Distribution.built(), flinkFolder, 2);
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    private ChildProcess.Ended run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "run";
        all[1] = "--cluster";
        all[2] = flink.url();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return ChildProcess.start("laminar", folder, Distribution.built().laminar(200, all))
                .end();
    }

    @Test
    void filesAreReadAndWritten() throws Exception {
        Path project = Path.of("").toAbsolutePath();
        while (!Files.exists(project.resolve("examples"))) {
            project = project.getParent();
        }
        String sql = Files.readString(project.resolve("examples/flights.sql"))
                .replace("'examples/data/", "'" + project + "/examples/data/");
        ChildProcess.Ended run = run(
                "-p",
                "2",
                "--output",
                "csv",
                Files.writeString(folder.resolve("flights.sql"), sql).toString());
        assertEquals(0, run.code(), () -> run.err() + flink.logs());
        String expected = Files.readString(project.resolve("examples/expected/flights.txt"));
        assertEquals(
                expected.lines().map(line -> line.replace(' ', ',')).sorted().toList(),
                run.out().replaceAll("\\.0(?=\n)", "").lines().skip(1).sorted().toList());
    }

    /** The classes of a user's function are in no jar. */
    @Test
    void functionsOfTheTextTravelWithTheJob() throws Exception {
        String query = """
                CREATE AGGREGATE FUNCTION longest(word TEXT) RETURNS TEXT LANGUAGE java AS $$
                  public static String eval(java.util.List<String> words) {
                    return words.stream().max(java.util.Comparator.comparing(String::length)).orElse(null);
                  }
                $$;
                CREATE FUNCTION shout(word TEXT) RETURNS TEXT LANGUAGE java AS $$
                  public static String eval(String word) { return word.toUpperCase() + "!"; }
                $$;
                CREATE TABLE out (k INT, word TEXT) WITH (connector = 'single_file', path = '%s/out.csv', format = 'csv');
                INSERT INTO out SELECT k, shout(longest(word))
                  FROM (VALUES (1, 'ant'), (1, 'badger'), (2, 'cat')) AS t (k, word) GROUP BY k;
                """.formatted(folder);
        ChildProcess.Ended run = run(
                "-p", "2", Files.writeString(folder.resolve("my.sql"), query).toString());
        assertEquals(0, run.code(), () -> run.err() + flink.logs());
        Map<String, String> rows = new TreeMap<>();
        Files.readString(folder.resolve("out.csv"))
                .lines()
                .forEach(line -> rows.put(line.split(",")[0], line.split(",")[1]));
        assertEquals("BADGER!", rows.get("1"));
        assertEquals("CAT!", rows.get("2"));
    }

    @Test
    void aFailureOfTheDataIsShownAsItIs() throws Exception {
        Path file = Files.writeString(
                folder.resolve("my.sql"), "SELECT 10 / (id - 2) AS x FROM (VALUES (1), (2)) AS t (id);");
        ChildProcess.Ended run = run(file.toString());
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().startsWith("LAM-5003: "), run.err());
    }
}
