package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the whole API, whatever is asked for: ids, times, names of fields, statuses, the state asked for. */
class ApiDesignTest {
    private static final String TICKS =
            "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 100);";

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

    private static String create(String name) {
        return api.post(
                        "/pipelines",
                        Api.json(Map.of(
                                "name",
                                name,
                                "query",
                                TICKS + "SELECT counter FROM ticks;",
                                "checkpoint_interval_micros",
                                200_000)))
                .is(201)
                .json()
                .get("id")
                .asText();
    }

    @Test
    void aQueryIsValidatedWithItsGraphOrAllItsErrors() {
        String query = TICKS + "SELECT count(*) AS n FROM ticks;";
        JsonNode valid = api.post("/pipelines/validate_query", Api.json(Map.of("query", query)))
                .is(200)
                .json();
        assertTrue(valid.get("valid").asBoolean(), valid.toString());
        assertEquals(0, valid.get("errors").size());
        assertTrue(valid.at("/graph/edges").size() >= 2, valid.toString());
        JsonNode pipeline = api.post("/pipelines", Api.json(Map.of("name", "checked", "query", query, "start", false)))
                .is(201)
                .json();
        assertEquals(pipeline.get("graph"), valid.get("graph"));

        JsonNode invalid = api.post(
                        "/pipelines/validate_query",
                        Api.json(Map.of("query", TICKS + "\nSELECT countr FROM ticks;\n  SELECT lowr('A');")))
                .is(200)
                .json();
        assertFalse(invalid.get("valid").asBoolean(), invalid.toString());
        assertFalse(invalid.hasNonNull("graph"), invalid.toString());
        assertEquals(List.of("LAM-2002", "LAM-2003"), invalid.get("errors").findValuesAsText("code"));
        assertEquals(2, invalid.at("/errors/0/details/line").asInt());
        assertEquals(8, invalid.at("/errors/0/details/column").asInt());
        assertEquals(3, invalid.at("/errors/1/details/line").asInt());
        assertEquals(10, invalid.at("/errors/1/details/column").asInt());
    }

    /** Every field of an answer, with those of objects and lists in it. */
    private static void fields(JsonNode node, Set<String> names) {
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(names::add);
        }
        node.forEach(one -> fields(one, names));
    }

    @Test
    void aPipelineHasItsFieldsAndIdsSayWhatTheyAre() {
        String id = create("shaped");
        JsonNode pipeline = api.awaitState(id, "Running").json();
        for (String field : List.of(
                "id",
                "name",
                "query",
                "udfs",
                "parallelism",
                "operator_parallelism",
                "checkpoint_interval_micros",
                "stop",
                "state",
                "action_text",
                "graph",
                "preview",
                "created_at",
                "updated_at",
                "version")) {
            assertTrue(pipeline.hasNonNull(field), field + ": " + pipeline);
        }
        assertTrue(id.startsWith("pipe_"), id);
        assertEquals("none", pipeline.get("stop").asText());
        assertFalse(pipeline.get("preview").asBoolean());
        assertEquals(200_000, pipeline.get("checkpoint_interval_micros").asLong());
        assertTrue(pipeline.at("/graph/edges").size() > 0, pipeline.toString());
        String job = pipeline.get("job_id").asText();
        assertTrue(job.startsWith("job_"), job);
        JsonNode checkpoints = api.await(
                        "/jobs/" + job + "/checkpoints",
                        json -> json.get("data").size() > 0)
                .json();
        assertTrue(checkpoints.at("/data/0/id").asText().startsWith("chk_"), checkpoints.toString());
        String profile = api.post(
                        "/connection_profiles",
                        Api.json(Map.of("name", "p", "connector", "filesystem", "options", Map.of())))
                .is(201)
                .json()
                .get("id")
                .asText();
        assertTrue(profile.startsWith("prof_"), profile);
        String table = api.post("/connection_tables", Api.json(Map.of("definition", TICKS)))
                .is(201)
                .json()
                .get("id")
                .asText();
        assertTrue(table.startsWith("tbl_"), table);

        // Times are RFC 3339, and names are in snake case, wherever they are.
        for (JsonNode resource : List.of(
                pipeline,
                api.get("/jobs/" + job).json(),
                api.get("/connection_profiles/" + profile).json(),
                api.get("/connection_tables/" + table).json(),
                checkpoints.at("/data/0"),
                api.get("/tokens").json().at("/data/0"))) {
            List<String> times = new ArrayList<>();
            resource.fieldNames().forEachRemaining(name -> {
                if (name.endsWith("_at") && !resource.get(name).isNull()) {
                    times.add(name);
                    Instant time = Instant.parse(resource.get(name).asText());
                    assertTrue(time.isAfter(Instant.EPOCH), name);
                }
            });
            assertFalse(times.isEmpty(), resource.toString());
        }
        Set<String> names = new TreeSet<>();
        for (String path : List.of(
                "/pipelines/" + id,
                "/pipelines",
                "/jobs/" + job,
                "/jobs/" + job + "/metrics",
                "/jobs/" + job + "/checkpoints",
                "/jobs/" + job + "/events",
                "/formats",
                "/functions",
                "/version")) {
            fields(api.get(path).is(200).json(), names);
        }
        assertTrue(names.contains("has_more"), names.toString());
        names.forEach(name -> assertTrue(name.matches("[a-z][a-z0-9_]*"), name));
        api.post("/pipelines/" + id + "/stop", "{\"mode\": \"immediate\"}").is(202);
    }

    @Test
    void aPipelineIsStoppedAndStartedByWhatIsWanted() {
        String id = create("wanted");
        api.awaitState(id, "Running");
        api.patch("/pipelines/" + id, "{\"stop\": \"checkpoint\"}").is(200);
        JsonNode stopped = api.awaitState(id, "Stopped").json();
        assertEquals("checkpoint", stopped.get("stop").asText());
        api.patch("/pipelines/" + id, "{\"stop\": \"none\"}").is(200);
        api.awaitState(id, "Running");
        assertEquals(
                400, api.patch("/pipelines/" + id, "{\"stop\": \"gently\"}").status());
        for (String mode : List.of("immediate", "force", "graceful")) {
            api.patch("/pipelines/" + id, "{\"stop\": \"" + mode + "\"}").is(200);
            String end = mode.equals("graceful") ? "Finished" : "Stopped";
            api.awaitState(id, end);
            if (!mode.equals("graceful")) {
                api.patch("/pipelines/" + id, "{\"stop\": \"none\"}").is(200);
                api.awaitState(id, "Running");
            }
        }
    }

    @Test
    void aChangeIsMadeAsAWholeOrNotAtAll() {
        String id = create("whole");
        api.awaitState(id, "Running");
        JsonNode before = api.get("/pipelines/" + id).json();
        api.patch("/pipelines/" + id, "{\"checkpoint_interval_micros\": 500000, \"parallelism\": 0}")
                .is(400);
        api.patch("/pipelines/" + id, "{\"checkpoint_interval_micros\": 500000, \"query\": \"SELECT nope\"}")
                .is(422);
        assertEquals(
                "LAM-8004",
                api.patch("/pipelines/" + id, "{\"checkpoint_interval_micros\": 500000, \"version\": 7}")
                        .is(409)
                        .code());
        JsonNode after = api.get("/pipelines/" + id).json();
        assertEquals(before.get("checkpoint_interval_micros"), after.get("checkpoint_interval_micros"));
        assertEquals(before.get("version"), after.get("version"));
        assertEquals(before.get("job_id"), after.get("job_id"), "the same job runs on");

        api.patch("/pipelines/" + id, "{\"checkpoint_interval_micros\": 500000}")
                .is(200);
        api.await(
                "/pipelines/" + id,
                json -> json.get("state").asText().equals("Running")
                        && !json.get("job_id").equals(before.get("job_id")));
        assertEquals(
                500_000,
                api.get("/pipelines/" + id)
                        .json()
                        .get("checkpoint_interval_micros")
                        .asLong());
        api.post("/pipelines/" + id + "/stop", "{\"mode\": \"immediate\"}").is(202);
    }

    @Test
    void whatThereIsIsTold() {
        assertEquals(
                "pong", api.as(null).get("/ping").is(200).json().get("pong").asText());
        JsonNode health = api.as(null).get("/health").is(200).json();
        assertEquals("ok", health.get("status").asText(), health.toString());
        assertEquals(Set.of("cluster", "metadata"), names(health.get("checks")));
        JsonNode version = api.get("/version").is(200).json();
        assertEquals("test", version.get("version").asText());
        assertTrue(version.get("flink").asText().matches("\\d+\\..*"), version.toString());
        JsonNode connectors = api.get("/connectors").is(200).json().get("data");
        assertTrue(connectors.size() > 5, connectors.toString());
        for (JsonNode connector : connectors) {
            assertTrue(connector.get("icon").asText().startsWith("<svg"), connector.toString());
            assertTrue(connector.get("capabilities").isArray(), connector.toString());
            for (JsonNode option : connector.get("options")) {
                assertTrue(option.hasNonNull("name") && option.hasNonNull("description"), option.toString());
            }
        }
        Set<String> formats = new TreeSet<>();
        for (JsonNode format : api.get("/formats").is(200).json().get("data")) {
            assertTrue(format.get("options").isArray(), format.toString());
            formats.add(format.get("name").asText());
        }
        assertTrue(formats.contains("json"), formats.toString());
        JsonNode functions = api.get("/functions").is(200).json().get("data");
        assertTrue(functions.size() > 200, functions.size() + " functions");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** 503 says that it is not the caller's fault, and the server is well again when its database is. */
    @Test
    void aStoreThatIsAwayIsNoFaultOfTheCaller() throws Exception {
        EmbeddedPostgres database =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        TestServer other = TestServer.start(
                folder.resolve("away"),
                "metadata.url",
                "jdbc:postgresql://localhost:" + database.getPort() + "/postgres",
                "metadata.user",
                "postgres");
        try (other) {
            assertEquals(200, other.api().get("/pipelines").status());
            database.close();
            Api.Answer away = other.api().get("/pipelines").is(503);
            assertEquals("LAM-8005", away.code());
            assertEquals("UNAVAILABLE", away.json().at("/error/type").asText());
            assertFalse(away.text().contains("Exception"), away.text());
            JsonNode health = other.api().as(null).get("/health").json();
            assertEquals("degraded", health.get("status").asText(), health.toString());
        } finally {
            database.close();
        }
    }
}
