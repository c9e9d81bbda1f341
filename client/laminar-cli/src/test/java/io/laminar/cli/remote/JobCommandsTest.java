package io.laminar.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.laminar.cli.Laminar;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of a job that runs, and how it is restarted and rescaled. */
class JobCommandsTest {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String QUERY =
            "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 1000);\n"
                    + "SELECT counter % 10 AS k, count(*) AS n FROM ticks GROUP BY counter % 10;";

    @RegisterExtension
    static final Platform platform = new Platform();

    @BeforeAll
    static void start() {
        platform.done(
                QUERY, "pipeline", "create", "-f", "-", "--name", "ticks", "--checkpoint-interval", "0.2", "--wait");
    }

    /** Asks until there are rows. */
    private static List<String> someRows(String... arguments) {
        long end = System.nanoTime() + LIMIT_NANOS;
        List<String> rows = platform.rows(arguments);
        while (rows.isEmpty()) {
            assertTrue(System.nanoTime() < end, String.join(" ", arguments));
            rows = platform.rows(arguments);
        }
        return rows;
    }

    private static String latestJob() {
        return platform.rows("pipeline", "jobs", "ticks").get(0).split(",")[0];
    }

    @Test
    void whatHappenedIsListed() throws IOException {
        List<String> events = platform.rows("job", "events", latestJob());
        assertTrue(events.stream().anyMatch(event -> event.endsWith(",state,Running")), events.toString());
        JsonNode event = Platform.JSON.readTree(platform.done("", "job", "events", "ticks", "--output", "json")
                .lines()
                .findFirst()
                .orElseThrow());
        assertTrue(event.has("at") && event.has("kind"), event.toString());
    }

    @Test
    void theLogShowsWhatAUserWantsToKnow() {
        someRows("job", "checkpoints", "ticks");
        String usual = platform.done("", "pipeline", "logs", "ticks");
        assertTrue(usual.contains(" info laminar: state: Running\n"), usual);
        assertFalse(usual.contains(" info CheckpointCoordinator: "), usual);
        assertFalse(usual.contains("\tat "), usual);
        String all = platform.done("", "pipeline", "logs", "ticks", "--all", "--lines", "1000");
        assertTrue(all.contains(" info CheckpointCoordinator: "), all);
        assertTrue(all.contains("state: Running"), all);
        List<String> times = all.lines()
                .filter(line -> line.matches("2\\d{3}-\\d\\d-\\d\\dT.*"))
                .map(line -> line.split(" ")[0])
                .toList();
        assertEquals(
                times.stream()
                        .sorted(java.util.Comparator.comparing(java.time.Instant::parse))
                        .toList(),
                times);
        List<String> errors = platform.rows("job", "logs", "ticks", "--level", "error");
        assertEquals(List.of(), errors);
        assertEquals(
                1,
                platform.rows("job", "logs", "ticks", "--lines", "1", "--all").size());
        Laminar wrong = platform.laminar("", "job", "logs", "ticks", "--level", "loud");
        assertEquals(1, wrong.code());
        assertTrue(wrong.err().contains("levels are debug, info, warn, error"), wrong.err());
    }

    @Test
    void seriesAndCheckpointsAreShownInParts() throws IOException {
        List<String> rows = someRows("job", "series", "ticks");
        String name = rows.get(0).split(",")[2];
        assertTrue(someRows("job", "series", "ticks", "--operator", name).stream()
                .allMatch(row -> row.split(",")[2].equals(name)));
        Laminar none = platform.laminar("", "job", "series", "ticks", "--operator", "nope");
        assertEquals(1, none.code());
        assertTrue(none.err().contains("has no operator 'nope'"), none.err());

        String checkpoint = someRows("job", "checkpoints", "ticks").get(0).split(",")[0];
        String part = platform.done("", "job", "checkpoints", "ticks", checkpoint, "--output", "json");
        assertEquals(checkpoint, Platform.JSON.readTree(part).get("id").asText());
        assertTrue(platform.done("", "job", "checkpoints", "ticks", checkpoint).startsWith("stage"));
        Laminar gone = platform.laminar("", "job", "checkpoints", "ticks", "chk_999999999");
        assertEquals(1, gone.code());
        assertTrue(gone.err().contains("LAM-") && gone.err().contains("hint: "), gone.err());
    }

    @Test
    void aJobIsRestartedAndRescaled() throws IOException {
        String first = latestJob();
        String restarted = platform.done("", "job", "restart", first, "--wait");
        assertTrue(restarted.contains("ticks  Running"), restarted);
        String second = latestJob();
        assertNotEquals(first, second);
        Laminar old = platform.laminar("", "job", "restart", first);
        assertEquals(1, old.code());
        assertTrue(old.err().contains("LAM-8015") && old.err().contains("hint: "), old.err());
        platform.done("", "pipeline", "restart", "ticks", "--wait");
        assertTrue(platform.rows("pipeline", "jobs", "ticks").size() >= 3);

        List<String> operators = someRows("job", "metrics", "ticks");
        String operator = operators.get(operators.size() - 1).split(",")[0];
        platform.done("", "job", "rescale", "ticks", "-p", "2");
        awaitSubtasks(operator, "2");
        platform.done("", "job", "rescale", "ticks", operator + "=1");
        awaitSubtasks(operator, "1");
    }

    private static void awaitSubtasks(String operator, String wanted) throws IOException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!isRunning()
                || platform.rows("job", "metrics", "ticks").stream()
                        .noneMatch(row -> row.startsWith(operator) && row.split(",")[2].equals(wanted))) {
            assertTrue(System.nanoTime() < end, operator + " has not come to " + wanted);
        }
    }

    private static boolean isRunning() throws IOException {
        return Platform.JSON
                .readTree(platform.done("", "job", "show", "ticks", "--output", "json"))
                .get("state")
                .asText()
                .equals("Running");
    }

    @Test
    void everyWayOfStopping() {
        platform.done(QUERY, "pipeline", "create", "-f", "-", "--name", "stopped", "--no-start");
        for (String mode : List.of("checkpoint", "graceful", "immediate", "force")) {
            platform.done("", "pipeline", "start", "stopped", "--from", "nothing", "--wait");
            String after = platform.done("", "pipeline", "stop", "stopped", "--mode", mode, "--wait");
            assertTrue(after.contains("  Stopped  ") || after.contains("  Finished  "), mode + ": " + after);
        }
        Laminar wrong = platform.laminar("", "pipeline", "stop", "stopped", "--mode", "gently");
        assertEquals(1, wrong.code());
        assertTrue(wrong.err().contains("hint: "), wrong.err());
        platform.done("", "pipeline", "delete", "stopped");
    }

    @Test
    void theServerTellsHowItIs() throws IOException {
        JsonNode status = Platform.JSON.readTree(platform.done("", "status", "--output", "json"));
        assertEquals("ok", status.get("status").asText());
        assertEquals(platform.address(), status.get("server").asText());
        assertTrue(platform.done("", "status").contains("check metadata  ok\n"));
        assertEquals(
                1,
                platform.anonymous("", "status", "--server", "http://localhost:1")
                        .code());
    }

    @Test
    void whoChangedWhatIsListed() {
        List<String> audit = platform.rows("audit");
        assertTrue(audit.stream().anyMatch(row -> row.contains("POST /pipelines")), audit.toString());
        assertEquals(1, platform.rows("audit", "--lines", "1").size());
    }
}
