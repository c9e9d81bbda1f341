package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs tell, and what can be done with them, over the API. */
class JobsTest {
    private static final String TICKS =
            "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 2000);";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder.resolve("data"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String create(String name, String query) {
        return api.post("/pipelines", Api.json(Map.of("name", name, "query", query)))
                .is(201)
                .json()
                .get("id")
                .asText();
    }

    private static String file(String name, String columns) {
        return "CREATE TABLE " + name + " (" + columns + ") WITH (connector = 'single_file', path = '"
                + folder.resolve(name) + "', format = 'json');";
    }

    /** An endless pipeline that counts what comes, and keeps state for that. */
    private static String counting(String name) {
        return TICKS + file(name, "k BIGINT, n BIGINT") + "INSERT INTO " + name
                + " SELECT k, count(*) AS n FROM (SELECT counter % 3 AS k, tumble(INTERVAL '100 ms') AS w FROM ticks)"
                + " GROUP BY k, w;";
    }

    /** An endless pipeline that copies. */
    private static String copying(String name) {
        return TICKS + file(name, "counter BIGINT") + "INSERT INTO " + name + " SELECT counter FROM ticks;";
    }

    private static String job(String pipeline) {
        return api.get("/pipelines/" + pipeline).json().get("job_id").asText();
    }

    private static JsonNode metrics(String job) {
        return api.await(
                        "/jobs/" + job + "/metrics",
                        json -> json.at("/total/rows_in").asLong() > 0
                                && json.at("/total/rows_out").asLong() > 0)
                .json();
    }

    private static List<Long> numbers(String name) throws IOException {
        try (var files = Files.walk(folder.resolve(name))) {
            List<Long> numbers = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    Files.readAllLines(file).forEach(line -> numbers.add(Long.parseLong(line.replaceAll("\\D", ""))));
                }
            }
            return numbers.stream().sorted().toList();
        }
    }

    private static void stopIt(String pipeline) {
        api.post("/pipelines/" + pipeline + "/stop", "{\"mode\": \"immediate\"}")
                .is(202);
        api.awaitState(pipeline, "Stopped");
    }

    @Test
    void aJobTellsWhatItDoes() {
        String id = create("measured", copying("measured"));
        api.awaitState(id, "Running");
        String job = job(id);
        JsonNode all = metrics(job);
        assertTrue(all.get("operators").size() >= 2, all.toString());
        for (JsonNode operator : all.get("operators")) {
            assertFalse(operator.has("subtasks") && !operator.get("subtasks").isNull(), "only if one is asked for");
            JsonNode one = api.get("/jobs/" + job + "/operators/"
                            + operator.get("operator").asText() + "/metrics")
                    .is(200)
                    .json();
            assertEquals(1, one.get("subtasks").size(), one.toString());
            assertEquals(
                    one.at("/total/rows_in").asLong(),
                    one.at("/subtasks/0/rows_in").asLong());
        }
        assertEquals(
                "LAM-8001",
                api.get("/jobs/" + job + "/operators/nobody/metrics").is(404).code());
        JsonNode groups = api.await("/jobs/" + job + "/metric_groups", json -> json.toString()
                        .contains("rows_out_per_second"))
                .json();
        assertTrue(groups.toString().contains("busy"), groups.toString());

        // Below its pipeline it is the same job, below another there is none.
        assertEquals(
                api.get("/jobs/" + job).json().get("id"),
                api.get("/pipelines/" + id + "/jobs/" + job).is(200).json().get("id"));
        assertEquals(
                200, api.get("/pipelines/" + id + "/jobs/" + job + "/metrics").status());
        assertEquals(404, api.get("/pipelines/nobody/jobs/" + job).status());
        JsonNode running =
                api.get("/jobs?state=Running&limit=100").is(200).json().get("data");
        assertTrue(StreamSupport.stream(running.spliterator(), false)
                .anyMatch(one -> one.get("id").asText().equals(job)));
        assertEquals(400, api.get("/jobs?state=Sleeping").status());
        stopIt(id);
        JsonNode after = api.get("/jobs/" + job + "/metrics").is(200).json();
        assertTrue(
                after.at("/total/rows_out").asLong()
                        >= all.at("/total/rows_out").asLong(),
                "known after the end");
    }

    @Test
    void checkpointsAreListedWithThePartsOfSubtasks() {
        String id = create("kept", "SET checkpoint_interval = '200 ms';" + counting("kept"));
        api.awaitState(id, "Running");
        String job = job(id);
        JsonNode list = api.await(
                        "/jobs/" + job + "/checkpoints",
                        json -> StreamSupport.stream(json.get("data").spliterator(), false)
                                        .filter(one -> one.get("state").asText().equals("completed"))
                                        .count()
                                >= 2)
                .json();
        JsonNode done = StreamSupport.stream(list.get("data").spliterator(), false)
                .filter(one -> one.get("state").asText().equals("completed"))
                .findFirst()
                .orElseThrow();
        assertEquals("checkpoint", done.get("kind").asText());
        assertTrue(done.get("duration_micros").asLong() > 0, done.toString());
        JsonNode details = api.get(
                        "/jobs/" + job + "/checkpoints/" + done.get("id").asText())
                .is(200)
                .json();
        assertEquals(details.get("tasks"), details.get("done"));
        long parts = 0;
        for (JsonNode stage : details.get("stages")) {
            assertTrue(stage.get("subtasks").size() >= 1, details.toString());
            parts += stage.get("bytes").asLong();
        }
        assertEquals(details.get("bytes").asLong(), parts, details.toString());
        assertEquals(404, api.get("/jobs/" + job + "/checkpoints/99999").status());
        stopIt(id);
    }

    @Test
    void aBadRecordFailsTheJobWithItsCodeAndPlace() throws IOException {
        Files.writeString(folder.resolve("bad.json"), "{\"x\": 1}\n{\"x\": \"one\"}\n");
        String id = create(
                "fails",
                file("bad.json", "x INT").replace("bad.json (", "bad (") + file("good", "x INT")
                        + "INSERT INTO good SELECT x FROM bad;");
        JsonNode errors = errors(id);
        assertEquals("LAM-5001", errors.at("/0/error/code").asText(), errors.toString());
        assertTrue(errors.at("/0/error/message").asText().contains("one"), errors.toString());
        assertTrue(errors.at("/0/error/details/hint").asText().contains("bad_data"), errors.toString());

        // The next start meets it again, so there is no third one.
        JsonNode failed = api.awaitState(id, "Failed").json();
        assertEquals("LAM-5001", failed.at("/failure/code").asText(), failed.toString());
        String place = failed.at("/failure/details/place").asText();
        assertTrue(place.contains("bad.json, line 2, byte 9; Source: bad"), place);
        assertTrue(place.endsWith(", subtask 0"), place);
        assertTrue(failed.get("action_text").asText().startsWith("the job has failed: "), failed.toString());
        assertTrue(failed.get("action_text").asText().contains("one"), failed.toString());
        assertEquals(2, errors(id).size(), errors(id).toString());
        assertEquals(
                "LAM-8015", api.post("/pipelines/" + id + "/stop", "{}").is(409).code());
        // Whoever mends the file can go on.
        Files.writeString(folder.resolve("bad.json"), "{\"x\": 1}\n{\"x\": 2}\n");
        api.post("/pipelines/" + id + "/start", "{}").is(202);
        api.awaitState(id, "Finished");
        assertEquals(List.of(1L, 2L), numbers("good"));
    }

    /** What went wrong in the job of a pipeline, when something has. */
    private static JsonNode errors(String pipeline) {
        return api.await(
                        "/jobs/" + job(pipeline) + "/errors",
                        json -> json.get("data").size() > 0)
                .json()
                .get("data");
    }

    @Test
    void aJobHasALog() {
        String id = create("logs", copying("logs"));
        api.awaitState(id, "Running");
        JsonNode lines = api.await(
                        "/jobs/" + job(id) + "/logs?lines=5",
                        json -> json.get("data").size() > 0)
                .json()
                .get("data");
        assertTrue(lines.size() <= 5);
        assertEquals("info", lines.at("/0/level").asText(), lines.toString());
        assertEquals(400, api.get("/jobs/" + job(id) + "/logs?level=loud").status());
        assertEquals(400, api.get("/jobs/" + job(id) + "/logs?lines=0").status());
        stopIt(id);
    }

    @Test
    void rowsOfAPlainQueryComeInPagesAndAsEvents() {
        String id = create(
                "shows", TICKS.replace("event_rate", "message_count = 250, event_rate") + "SELECT counter FROM ticks;");
        api.awaitState(id, "Finished");
        String output = "/jobs/" + job(id) + "/output";
        List<Long> paged = new ArrayList<>();
        long after = 0;
        boolean ended = false;
        while (!ended) {
            JsonNode page =
                    api.get(output + "?limit=100&after=" + after).is(200).json();
            assertTrue(page.get("rows").size() <= 100);
            page.get("rows").forEach(row -> paged.add(row.at("/values/0").asLong()));
            assertEquals("counter", page.at("/tables/0/columns/0/name").asText(), page.toString());
            after = page.get("next").asLong();
            ended = page.get("ended").asBoolean();
        }
        assertEquals(LongStream.range(0, 250).boxed().toList(), paged);
        List<Long> streamed = new ArrayList<>();
        List<String> events = new ArrayList<>();
        api.events("GET", output + "?after=200", null, (event, data) -> {
            events.add(event);
            if (event.equals("row")) {
                streamed.add(data.at("/values/0").asLong());
            }
            return false;
        });
        assertEquals(LongStream.range(200, 250).boxed().toList(), streamed);
        assertEquals("table", events.get(0));
        assertEquals("end", events.get(events.size() - 1));

        String silent = create("silent", copying("silent"));
        api.awaitState(silent, "Running");
        assertEquals(
                "LAM-8015", api.get("/jobs/" + job(silent) + "/output").is(409).code());
        stopIt(silent);
    }

    @Test
    void aPipelineStartsFromASavepointAndFromNothing() throws IOException {
        String id = create("saved", copying("saved"));
        api.awaitState(id, "Running");
        metrics(job(id));
        String savepoint = api.post("/jobs/" + job(id) + "/savepoint", "{}")
                .is(201)
                .json()
                .get("path")
                .asText();
        assertEquals("Running", api.get("/pipelines/" + id).json().get("state").asText(), "the job goes on");
        api.post("/pipelines/" + id + "/stop", "{}").is(202);
        api.awaitState(id, "Stopped");
        int first = numbers("saved").size();
        assertTrue(first > 0);

        api.post("/pipelines/" + id + "/start", Api.json(Map.of("from", savepoint)))
                .is(202);
        api.awaitState(id, "Running");
        metrics(job(id));
        api.post("/pipelines/" + id + "/stop", "{}").is(202);
        api.awaitState(id, "Stopped");
        List<Long> again = numbers("saved");
        // What came after the savepoint comes once more, or instead; nothing is left out.
        assertEquals(
                LongStream.rangeClosed(0, again.get(again.size() - 1)).boxed().toList(),
                again.stream().distinct().toList());

        // Whoever begins anew does not write over what is there.
        api.post("/pipelines/" + id + "/start", "{\"from\": \"nothing\"}").is(202);
        JsonNode exists = api.awaitState(id, "Failed").json();
        assertEquals("LAM-6003", exists.at("/failure/code").asText(), exists.toString());
        assertTrue(exists.at("/failure/details/place").asText().contains("saved"), exists.toString());
        assertEquals(2, errors(id).size(), "it came twice: " + errors(id));
        Files.move(folder.resolve("saved"), folder.resolve("saved before"));
        api.post("/pipelines/" + id + "/start", "{\"from\": \"nothing\"}").is(202);
        api.awaitState(id, "Running");
        metrics(job(id));
        api.post("/pipelines/" + id + "/stop", "{}").is(202);
        api.awaitState(id, "Stopped");
        assertTrue(numbers("saved").contains(0L), "it began anew");
        assertEquals(4, api.get("/pipelines/" + id + "/jobs").json().get("data").size());

        api.post(
                        "/pipelines/" + id + "/start",
                        Api.json(Map.of("from", folder.resolve("no-savepoint").toString())))
                .is(202);
        JsonNode failed = api.awaitState(id, "Failed").json();
        assertTrue(failed.at("/failure/code").asText().startsWith("LAM-"), failed.toString());
        assertTrue(failed.at("/failure/message").asText().contains("no-savepoint"), failed.toString());
    }

    @Test
    void aPipelineThatIsStoppedGracefullyFinishesItsWindows() throws IOException {
        String id = create(
                "windows",
                TICKS.replace("event_rate", "event_time_interval = '1 ms', event_rate") + file("windows", "n BIGINT")
                        + "INSERT INTO windows SELECT count(*) AS n FROM"
                        + " (SELECT tumble(INTERVAL '1 day') AS w FROM ticks) GROUP BY w;");
        api.awaitState(id, "Running");
        api.await(
                "/jobs/" + job(id) + "/metrics",
                json -> json.at("/total/rows_in").asLong() > 100);
        assertEquals(0, numbers("windows").size(), "the day is not over");
        api.post("/pipelines/" + id + "/stop", "{\"mode\": \"graceful\"}").is(202);
        api.awaitState(id, "Finished");
        List<Long> counts = numbers("windows");
        assertEquals(1, counts.size());
        assertTrue(counts.get(0) > 100, counts.toString());
    }

    @Test
    void everyWayOfStoppingStops() {
        for (String mode : List.of("checkpoint", "immediate", "force")) {
            String id = create("stopped " + mode, counting("stopped_" + mode));
            api.awaitState(id, "Running");
            api.post("/pipelines/" + id + "/jobs/" + job(id) + "/stop", Api.json(Map.of("mode", mode)))
                    .is(202);
            JsonNode stopped = api.awaitState(id, "Stopped").json();
            assertTrue(stopped.get("failure") == null || stopped.get("failure").isNull(), stopped.toString());
        }
        String id = create("restarts", copying("restarts"));
        api.awaitState(id, "Running");
        String before = job(id);
        assertEquals(
                400,
                api.post("/pipelines/" + id + "/stop", "{\"mode\": \"gently\"}").status());
        api.post("/jobs/" + before + "/restart", "{}").is(202);
        api.await(
                "/pipelines/" + id,
                json -> json.get("state").asText().equals("Running")
                        && !json.get("job_id").asText().equals(before));
        assertNotEquals(before, job(id));
        assertEquals(
                "LAM-8015", api.post("/jobs/" + before + "/stop", "{}").is(409).code());
        stopIt(id);
    }

    @Test
    void operatorsAreRescaledOneByOne() throws IOException {
        String id = create("rescaled", counting("rescaled"));
        api.awaitState(id, "Running");
        JsonNode operators = metrics(job(id)).get("operators");
        JsonNode grouped = StreamSupport.stream(operators.spliterator(), false)
                .filter(one -> one.get("name")
                                .asText()
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains("aggregat")
                        || one.get("name")
                                .asText()
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains("group"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operators.toString()));
        String operator = grouped.get("operator").asText();
        api.post("/jobs/" + job(id) + "/rescale", Api.json(Map.of("parallelism", Map.of(operator, 2))))
                .is(202);
        JsonNode scaled = api.await(
                        "/jobs/" + job(id) + "/operators/" + operator + "/metrics",
                        json -> json.get("parallelism").asInt() == 2)
                .json();
        assertEquals(2, scaled.get("subtasks").size());
        api.awaitState(id, "Running");
        JsonNode pipeline = api.get("/pipelines/" + id).json();
        assertEquals(2, pipeline.get("operator_parallelism").get(operator).asInt(), pipeline.toString());
        Map<String, Integer> numbers = numbersOf(id);
        assertTrue(numbers.containsValue(1), "others have one: " + numbers);
        assertEquals(
                "LAM-6020",
                api.post("/jobs/" + job(id) + "/rescale", "{\"parallelism\": {\"nobody\": 2}}")
                        .is(409)
                        .code());

        // The next job of the pipeline begins with the same numbers, and so does the one after a restart.
        for (String way : List.of("stop and start", "restart")) {
            String before = job(id);
            if (way.equals("restart")) {
                api.post("/pipelines/" + id + "/restart", "{}").is(202);
            } else {
                stopIt(id);
                api.post("/pipelines/" + id + "/start", "{}").is(202);
            }
            api.await(
                    "/pipelines/" + id,
                    json -> json.get("state").asText().equals("Running")
                            && !json.get("job_id").asText().equals(before));
            assertEquals(numbers, numbersOf(id), way);
        }
        stopIt(id);
    }

    /** Subtasks by operator, when all run. */
    private static Map<String, Integer> numbersOf(String pipeline) {
        Map<String, Integer> numbers = new TreeMap<>();
        JsonNode figures = api.await("/jobs/" + job(pipeline) + "/metrics", json -> StreamSupport.stream(
                                json.get("operators").spliterator(), false)
                        .allMatch(one -> one.get("parallelism").asInt() > 0))
                .json();
        figures.get("operators")
                .forEach(one -> numbers.put(
                        one.get("operator").asText(), one.get("parallelism").asInt()));
        return numbers;
    }
}
