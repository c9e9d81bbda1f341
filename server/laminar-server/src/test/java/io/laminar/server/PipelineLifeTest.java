package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of pipelines over the API. */
class PipelineLifeTest {
    @TempDir
    Path folder;

    private TestServer server;
    private Api api;

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("data"));
        api = server.api();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** An endless pipeline that writes a file. */
    private String endless(String name) {
        return "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 1000);"
                + "CREATE TABLE out (counter BIGINT) WITH (connector = 'single_file', path = '" + folder.resolve(name)
                + "', format = 'json');"
                + "INSERT INTO out SELECT counter FROM ticks;";
    }

    private String create(String name, String query) {
        return api.post("/pipelines", Api.json(Map.of("name", name, "query", query)))
                .is(201)
                .json()
                .get("id")
                .asText();
    }

    @Test
    void aPipelineIsCreatedRunsAndIsStoppedAndGoesOn() throws IOException {
        String id = create("ticks", endless("out"));
        JsonNode running = api.awaitState(id, "Running").json();
        assertTrue(running.get("graph").get("nodes").size() >= 2, running.toString());
        assertEquals(
                "Running",
                api.get("/jobs/" + running.get("job_id").asText())
                        .json()
                        .get("state")
                        .asText());

        api.post("/pipelines/" + id + "/stop", "{\"mode\": \"checkpoint\"}").is(202);
        api.awaitState(id, "Stopped");
        assertEquals(409, api.post("/pipelines/" + id + "/stop", "{}").status());
        int first = numbers("out").size();

        api.post("/pipelines/" + id + "/start", "{}").is(202);
        api.awaitState(id, "Running");
        assertEquals(409, api.post("/pipelines/" + id + "/start", "{}").status());
        awaitRows(id);
        api.post("/pipelines/" + id + "/stop", "{}").is(202);
        api.awaitState(id, "Stopped");
        assertEquals(2, api.get("/pipelines/" + id + "/jobs").json().get("data").size());
        // Exactly once over the stop: every number is there, and once.
        int all = allOnce("out");
        assertTrue(all > first, first + " and then " + all);

        List<String> happened = new ArrayList<>();
        String last = api.get("/pipelines/" + id).json().get("job_id").asText();
        api.get("/jobs/" + last + "/events")
                .json()
                .get("data")
                .forEach(event -> happened.add(
                        event.get("kind").asText() + " " + event.get("message").asText()));
        assertEquals(
                List.of("state Stopped", "state Stopping", "stop checkpoint", "state Running", "state Scheduling"),
                happened);

        api.delete("/pipelines/" + id).is(204);
        assertEquals(404, api.get("/pipelines/" + id).status());
        assertFalse(Files.exists(folder.resolve("data/state/" + id)));
    }

    @Test
    void aFiniteQueryFinishes() throws IOException {
        String id = create(
                "finite",
                "CREATE TABLE out (x INT) WITH (connector = 'filesystem', path = '" + folder.resolve("finite")
                        + "', format = 'json'); INSERT INTO out VALUES (1), (2), (3);");
        api.awaitState(id, "Finished");
        assertEquals(3, lines("finite").size());
    }

    @Test
    void pipelinesAreFoundByNameAndState() {
        String never = api.post(
                        "/pipelines", Api.json(Map.of("name", "new_one", "query", endless("n1"), "start", false)))
                .is(201)
                .json()
                .get("id")
                .asText();
        String once = create("new_two", endless("n2"));
        String other = create("old", endless("n3"));
        api.awaitState(once, "Running");
        api.awaitState(other, "Running");
        assertEquals(List.of(never), listed("state=Created"));
        assertEquals(List.of(other, once), listed("state=Running"), "the newest first");
        assertEquals(List.of(once), listed("state=Running&name=new*"));
        assertEquals(List.of(once), listed("state=Running&starting_after=" + other));
        api.post("/pipelines/" + once + "/stop", "{}").is(202);
        api.awaitState(once, "Stopped");
        assertEquals(List.of(other), listed("state=Running"));
        assertEquals(List.of(once), listed("state=Stopped"));
        api.post("/pipelines/" + once + "/start", "{}").is(202);
        api.awaitState(once, "Running");
        assertEquals(List.of(), listed("state=Stopped"), "the last job counts");
        assertEquals("LAM-8010", api.get("/pipelines?state=Sleeping").is(400).code());
    }

    private List<String> listed(String filter) {
        return api.get("/pipelines?" + filter).is(200).json().get("data").findValuesAsText("id");
    }

    /** The server is killed after an operator was given another number of subtasks. */
    @Test
    void operatorsKeepTheirNumbersWhenTheServerIsKilled() throws Exception {
        String query = "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 1000);"
                + "CREATE TABLE out (k BIGINT, n BIGINT) WITH (connector = 'blackhole');"
                + "INSERT INTO out SELECT k, count(*) AS n FROM (SELECT counter % 3 AS k, tumble(INTERVAL '100 ms') AS w"
                + " FROM ticks) GROUP BY k, w;";
        Path data = folder.resolve("killed");
        String token;
        String id;
        String operator;
        try (ServerProcess first = ServerProcess.start(data)) {
            token = first.token();
            Api other = new Api(first.port(), token);
            id = other.post("/pipelines", Api.json(Map.of("name", "numbers", "query", query)))
                    .is(201)
                    .json()
                    .get("id")
                    .asText();
            other.awaitState(id, "Running");
            subtasks(other, id);
            operator = aggregation(other, id);
            other.patch("/pipelines/" + id, Api.json(Map.of("parallelism", Map.of(operator, 2))))
                    .is(200);
            other.awaitState(id, "Running");
            String now = operator;
            other.await("/pipelines/" + id, json -> subtasks(other, id).get(now) == 2);
            first.kill();
        }
        try (ServerProcess second = ServerProcess.start(data)) {
            Api other = new Api(second.port(), token);
            other.awaitState(id, "Running");
            Map<String, Integer> again = subtasks(other, id);
            assertEquals(2, again.get(operator), again.toString());
            assertTrue(again.containsValue(1), again.toString());
        }
    }

    private static String aggregation(Api api, String pipeline) {
        String job = api.get("/pipelines/" + pipeline).json().get("job_id").asText();
        for (JsonNode one : api.get("/jobs/" + job + "/metrics").json().get("operators")) {
            if (one.get("name").asText().contains("aggregate")) {
                return one.get("operator").asText();
            }
        }
        throw new AssertionError("no aggregation");
    }

    /** By id of the operator, when all run. */
    private static Map<String, Integer> subtasks(Api api, String pipeline) {
        Map<String, Integer> numbers = new java.util.TreeMap<>();
        String job = api.get("/pipelines/" + pipeline).json().get("job_id").asText();
        JsonNode figures = api.await("/jobs/" + job + "/metrics", json -> {
                    for (JsonNode one : json.get("operators")) {
                        if (one.get("parallelism").asInt() == 0) {
                            return false;
                        }
                    }
                    return json.get("operators").size() > 0;
                })
                .json();
        figures.get("operators")
                .forEach(one -> numbers.put(
                        one.get("operator").asText(), one.get("parallelism").asInt()));
        return numbers;
    }

    @Test
    void whatRunsCannotBeDeleted() {
        String id = create("busy", endless("busy"));
        assertEquals("LAM-8015", api.delete("/pipelines/" + id).is(409).code());
    }

    @Test
    void wrongQueriesAreRefusedWithAllTheirErrors() {
        JsonNode answer = api.post(
                        "/pipelines",
                        Api.json(Map.of("name", "wrong", "query", "SELECT nope FROM nowhere;\nSELECT 1 +;")))
                .is(422)
                .json();
        assertEquals(2, answer.at("/error/details/errors").size(), answer.toString());
        assertEquals(1, answer.at("/error/details/line").asInt());
        assertEquals("VALIDATION_ERROR", answer.at("/error/type").asText());
    }

    @Test
    void aChangedQueryKeepsTheStateOfWhatDidNotChange() {
        String head = "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 1000);";
        String query = "SELECT counter % 10 AS k, count(*) AS n FROM ticks GROUP BY counter % 10;";
        String id = create("counts", head + query);
        api.awaitState(id, "Running");
        String changed = Api.json(Map.of("query", head + query + query.replace("% 10", "% 7")));
        JsonNode dry =
                api.patch("/pipelines/" + id + "?dry_run=true", changed).is(200).json();
        assertEquals(2, dry.at("/state_report/kept").size(), dry.toString()); // the source and the aggregation
        assertEquals(1, dry.at("/state_report/empty").size(), dry.toString());
        assertEquals(1, api.get("/pipelines/" + id).json().get("version").asInt());

        api.patch("/pipelines/" + id, changed).is(200);
        JsonNode after = api.await(
                        "/pipelines/" + id,
                        json -> json.get("state").asText().equals("Running")
                                && json.get("version").asInt() == 2)
                .json();
        assertEquals(
                2, api.get("/pipelines/" + id + "/versions").json().get("data").size());
        api.await(
                "/jobs/" + after.get("job_id").asText(),
                json -> json.get("version").asInt() == 2);

        // Without what had state it is refused, unless that is wanted.
        String less = Api.json(Map.of("query", head + "SELECT counter FROM ticks;"));
        assertEquals("LAM-6006", api.patch("/pipelines/" + id, less).is(409).code());
        api.patch(
                        "/pipelines/" + id,
                        Api.json(Map.of("query", head + "SELECT counter FROM ticks;", "drop_state", true)))
                .is(200);
        api.await(
                "/pipelines/" + id,
                json -> json.get("state").asText().equals("Running")
                        && json.get("version").asInt() == 3);
    }

    @Test
    void aPipelineIsRescaled() {
        String id = create("scaled", endless("scaled"));
        api.awaitState(id, "Running");
        api.patch("/pipelines/" + id, "{\"parallelism\": 2}").is(200);
        api.awaitState(id, "Running");
        assertEquals(2, api.get("/pipelines/" + id).json().get("parallelism").asInt());
        assertEquals(
                "LAM-8010",
                api.patch("/pipelines/" + id, "{\"parallelism\": 0}").is(400).code());
        assertEquals(
                "LAM-6020",
                api.patch("/pipelines/" + id, "{\"parallelism\": {\"nobody\": 2}}")
                        .is(409)
                        .code());
    }

    @Test
    void pipelinesGoOnAfterTheServerWasStopped() throws IOException {
        String id = create("resumed", endless("resumed"));
        api.awaitState(id, "Running");
        String job = api.get("/pipelines/" + id).json().get("job_id").asText();
        String token = server.token();
        server.close();
        int before = numbers("resumed").size();
        server = TestServer.again(folder.resolve("data"), token);
        api = server.api();
        api.awaitState(id, "Running");
        assertEquals(job, api.get("/pipelines/" + id).json().get("job_id").asText(), "the same job goes on");
        api.post("/pipelines/" + id + "/stop", "{}").is(202);
        api.awaitState(id, "Stopped");
        assertTrue(allOnce("resumed") >= before);
    }

    /** Waits until the job of a pipeline has written rows. */
    private void awaitRows(String pipeline) {
        String job = api.get("/pipelines/" + pipeline).json().get("job_id").asText();
        api.await(
                "/jobs/" + job + "/metrics", json -> json.at("/total/rows_out").asLong() > 0);
    }

    private List<Long> numbers(String name) throws IOException {
        return lines(name).stream()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sorted()
                .toList();
    }

    /** Checks that every number is there, from 0, and none twice; returns how many there are. */
    private int allOnce(String name) throws IOException {
        List<Long> numbers = numbers(name);
        assertEquals(LongStream.range(0, numbers.size()).boxed().toList(), numbers);
        return numbers.size();
    }

    private List<String> lines(String name) throws IOException {
        try (var files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .flatMap(file -> {
                        try {
                            return Files.readAllLines(file).stream();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void aPipelineIsScaledByItselfIfItAsksForThat() {
        String query = "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 0);"
                + "CREATE TABLE out (k BIGINT, n BIGINT, PRIMARY KEY (k)) WITH (connector = 'blackhole');"
                + "SET autoscale = true; SET autoscale_interval = '1 s'; SET autoscale_pause = '1 s';"
                + "SET autoscale_max_parallelism = 2; SET autoscale_target_percent = 20;"
                + "INSERT INTO out SELECT counter % 1000, count(*) FROM ticks GROUP BY counter % 1000;";
        String id = create("busy", query);
        api.awaitState(id, "Running");
        String job = api.get("/pipelines/" + id).json().get("job_id").asText();
        api.await("/jobs/" + job + "/events", json -> {
            for (JsonNode event : json.get("data")) {
                if (event.get("kind").asText().equals("scaling")) {
                    return true;
                }
            }
            return false;
        });
    }
}
