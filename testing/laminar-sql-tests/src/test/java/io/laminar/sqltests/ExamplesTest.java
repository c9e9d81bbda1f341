package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.SinkNode;
import io.laminar.testing.slt.Engine;
import io.laminar.testing.slt.FlinkRuns;
import io.laminar.testing.text.Changelog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples run on Flink and give the output that is checked in beside them. */
class ExamplesTest {

    private static final Path EXAMPLES = Repository.root().resolve("examples");

    private static FlinkRuns flink;

    @BeforeAll
    static void start() {
        flink = new FlinkRuns();
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    /** An example as it reads from anywhere, not only from the root of the repository. */
    private static StreamPlan plan(String example, Path output) throws IOException {
        String sql = Files.readString(EXAMPLES.resolve(example + ".sql"))
                .replace("'examples/out", "'" + output)
                .replace("'examples/", "'" + EXAMPLES + "/");
        return Engine.laminar().compiler().apply(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flights",
                "flights_delays",
                "delays_in_a_row",
                "earthquakes",
                "airports",
                "flights_states",
                "distances"
            })
    void printsWhatIsExpected(String example, @TempDir Path unused) throws IOException {
        StreamPlan plan = plan(example, unused);
        SinkNode sink = plan.sinks().get(0);
        Changelog changelog = new Changelog(sink.schema(), List.of());
        flink.run(plan, true).values().forEach(rows -> rows.forEach(changelog::apply));
        assertEquals(List.of(), changelog.contradictions());
        compare(example, changelog.rows());
    }

    @Test
    void writesFilesPerDay(@TempDir Path output) throws IOException {
        flink.run(plan("routes_to_json", output), false);
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String day = file.getParent().getFileName().toString();
                Files.readAllLines(file).forEach(line -> lines.add(day + " " + line));
            }
        }
        lines.sort(null);
        compare("routes_to_json", lines);
    }

    @Test
    void everyExampleHasAnExpectedOutput() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                String name = file.getFileName().toString().replace(".sql", ".txt");
                assertTrue(Files.exists(EXAMPLES.resolve("expected").resolve(name)), "no expected output of " + file);
            }
        }
    }

    /** {@code -Dlaminar.examples.write=true} writes the output instead, for review. */
    private static void compare(String example, List<String> actual) throws IOException {
        Path expected = EXAMPLES.resolve("expected").resolve(example + ".txt");
        if (Boolean.getBoolean("laminar.examples.write")) {
            Files.write(expected, actual);
        }
        assertEquals(String.join("\n", Files.readAllLines(expected)), String.join("\n", actual));
    }
}
