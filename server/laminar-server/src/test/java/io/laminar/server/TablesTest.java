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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connection tables and functions over the API: kept, tried with real files, used by pipelines by name. */
class TablesTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Api api;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(folder.resolve("data"));
        api = server.api();
        Files.writeString(folder.resolve("quakes.json"), """
                {"id":"ci1","magnitude":2.5,"place":"Castaic"}
                {"id":"ci2","magnitude":1.6,"place":"San Marino"}
                {"id":"ci3","magnitude":0.5,"place":null}
                """);
        api.post(
                        "/connection_profiles",
                        Api.json(Map.of("name", "files", "connector", "filesystem", "options", Map.of())))
                .is(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String quakes(String name) {
        return "CREATE TABLE " + name + " (id TEXT NOT NULL, magnitude DOUBLE, place TEXT) WITH ("
                + "connection_profile = 'files', path = '" + folder.resolve("quakes.json") + "', format = 'json')";
    }

    private static Api.Answer create(String definition) {
        return api.post("/connection_tables", Api.json(Map.of("definition", definition)));
    }

    private static String run(String name, String query) {
        String id = api.post("/pipelines", Api.json(Map.of("name", name, "query", query)))
                .is(201)
                .json()
                .get("id")
                .asText();
        api.awaitState(id, "Finished");
        return id;
    }

    private static String written(String name) throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(folder.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void aTableIsKeptShownAndUsedByName() throws IOException {
        JsonNode made = create(quakes("quakes")).is(201).json();
        String path = "/connection_tables/" + made.get("id").asText();
        assertEquals("quakes", made.get("name").asText());
        assertEquals("files", made.get("connection_profile").asText());
        assertEquals("filesystem", made.get("connector").asText());
        assertEquals(List.of("id", "magnitude", "place"), made.get("columns").findValuesAsText("name"));
        assertFalse(made.at("/columns/0/nullable").asBoolean());
        assertEquals(made, api.get(path).is(200).json());
        assertEquals(made, api.get("/connection_tables?name=qua*").json().at("/data/0"));
        assertEquals("LAM-8002", create(quakes("QUAKES")).is(409).code());

        String id = run(
                "by name",
                "CREATE TABLE strong (id TEXT, magnitude DOUBLE) WITH (connection_profile = 'files', path = '"
                        + folder.resolve("strong") + "', format = 'json');"
                        + "INSERT INTO strong SELECT id, magnitude FROM quakes WHERE magnitude > 1;");
        assertEquals(2, written("strong").lines().count(), written("strong"));
        assertEquals("LAM-8003", api.delete(path).is(409).code());
        api.delete("/pipelines/" + id).is(204);
        api.delete(path).is(204);
        assertEquals(404, api.get(path).status());
    }

    @Test
    void definitionsAreChecked() {
        JsonNode wrong = create("CREATE TABLE t (x INT) WITH (connector = 'filesystem', pth = 'x', format = 'json')")
                .is(422)
                .json();
        JsonNode unknown = StreamSupport.stream(
                        wrong.at("/error/details/errors").spliterator(), false)
                .filter(one -> one.get("code").asText().equals("LAM-4003"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, unknown.at("/details/line").asInt(), wrong.toString());
        assertEquals(56, unknown.at("/details/column").asInt(), wrong.toString());
        assertTrue(unknown.at("/details/hint").asText().contains("path"), wrong.toString());
        assertEquals(422, create("SELECT 1").status());
        assertEquals(
                422,
                create("CREATE TABLE t (x NOTYPE) WITH (connector = 'blackhole')")
                        .status());
        assertEquals(
                422,
                create("CREATE TABLE t (x INT) WITH (connection_profile = 'nobody', path = 'x', format = 'json')")
                        .status());
        // Definitions are shown, so secrets do not belong there.
        Api.Answer secret = create("CREATE TABLE t (x INT) WITH (connector = 'jdbc',"
                        + " url = 'jdbc:postgresql://h/d', \"table\" = 't', password = 'sesame-open-9')")
                .is(422);
        assertEquals("LAM-4005", secret.code());
        assertFalse(secret.text().contains("sesame"), secret.text());
    }

    @Test
    void aTableIsTriedAndItsRowsAreStreamed() {
        List<JsonNode> rows = new ArrayList<>();
        List<String> events = new ArrayList<>();
        api.events(
                "POST",
                "/connection_tables/test",
                Api.json(Map.of("definition", quakes("tried"), "rows", 2)),
                (event, data) -> {
                    events.add(event);
                    if (event.equals("row")) {
                        rows.add(data);
                    }
                    return false;
                });
        assertEquals(List.of("step", "table", "row", "row", "end"), events);
        assertEquals("ci1", rows.get(0).at("/values/0").asText());
        assertEquals(1.6, rows.get(1).at("/values/1").asDouble());
    }

    @Test
    void whatIsWrongWithATableIsToldAtOnceOrAsAnEvent() throws IOException {
        Api.Answer missing = api.post(
                        "/connection_tables/test",
                        Api.json(Map.of("definition", quakes("tried").replace("quakes.json", "nowhere.json"))))
                .is(422);
        assertTrue(missing.text().contains("nowhere.json"), missing.text());
        Files.writeString(
                folder.resolve("bad.json"),
                "{\"id\":\"ci1\",\"magnitude\":2.5}\n{\"id\":\"ci2\",\"magnitude\":\"strong\"}\n");
        List<String> events = new ArrayList<>();
        List<JsonNode> last = new ArrayList<>();
        api.events(
                "POST",
                "/connection_tables/test",
                Api.json(Map.of("definition", quakes("tried").replace("quakes.json", "bad.json"))),
                (event, data) -> {
                    events.add(event);
                    last.add(data);
                    return false;
                });
        assertEquals("error", events.get(events.size() - 1), events.toString());
        JsonNode error = last.get(last.size() - 1).get("error");
        assertEquals("LAM-5001", error.get("code").asText(), error.toString());
    }

    @Test
    void columnsAreFoundOutOfSamplesAndSchemas() {
        JsonNode sample = api.post(
                        "/connection_tables/schemas/infer",
                        Api.json(Map.of(
                                "format",
                                "json",
                                "table",
                                "guessed",
                                "sample",
                                "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2.5}\n")))
                .is(200)
                .json();
        assertEquals(List.of("a", "b"), sample.get("columns").findValuesAsText("name"));
        assertEquals("DOUBLE", sample.at("/columns/0/type").asText());
        assertTrue(sample.get("definition").asText().contains("CREATE TABLE guessed"), sample.toString());

        String schema = "{\"type\": \"object\", \"required\": [\"id\"], \"properties\":"
                + " {\"id\": {\"type\": \"integer\"}, \"name\": {\"type\": \"string\"}}}";
        JsonNode tested = api.post(
                        "/connection_tables/schemas/test", Api.json(Map.of("format", "json", "schema", schema)))
                .is(200)
                .json();
        assertEquals("BIGINT", tested.at("/columns/0/type").asText());
        assertFalse(tested.at("/columns/0/nullable").asBoolean());
        assertTrue(tested.at("/columns/1/nullable").asBoolean());
        assertEquals(
                422,
                api.post("/connection_tables/schemas/test", Api.json(Map.of("format", "json", "schema", "{\"type\":")))
                        .status());
        assertEquals(400, api.post("/connection_tables/schemas/infer", "{}").status());
    }

    private static String function(String name, String body) {
        return "CREATE FUNCTION " + name + "(x DOUBLE) RETURNS DOUBLE LANGUAGE java AS $$\n" + body + "\n$$;";
    }

    @Test
    void functionsAreCompiledKeptAndUsedByName() throws IOException {
        JsonNode wrong = api.post(
                        "/udfs/validate",
                        Api.json(Map.of(
                                "definition",
                                function("broken", "public static double eval(double x) {\n  return y;\n}"))))
                .is(200)
                .json();
        assertFalse(wrong.get("valid").asBoolean());
        JsonNode details = wrong.at("/errors/0/details");
        assertEquals(3, details.get("line").asInt(), wrong.toString());
        assertEquals(10, details.get("column").asInt(), wrong.toString());
        String definition = function("doubled", "public static double eval(double x) {\n  return 2 * x;\n}");
        JsonNode right = api.post("/udfs/validate", Api.json(Map.of("definition", definition)))
                .is(200)
                .json();
        assertTrue(right.get("valid").asBoolean(), right.toString());
        assertEquals("doubled", right.get("name").asText());
        assertEquals(0, api.get("/udfs?name=doubled").json().get("data").size(), "validating keeps nothing");

        JsonNode made = api.post("/udfs", Api.json(Map.of("definition", definition, "description", "twice")))
                .is(201)
                .json();
        String path = "/udfs/" + made.get("id").asText();
        assertEquals(made, api.get(path).is(200).json());
        assertEquals(
                "LAM-8002",
                api.post("/udfs", Api.json(Map.of("definition", definition)))
                        .is(409)
                        .code());

        create(quakes("measured")).is(201);
        String id = run(
                "with a function",
                "CREATE TABLE twice (id TEXT, m DOUBLE) WITH (connector = 'single_file', path = '"
                        + folder.resolve("twice") + "', format = 'json');"
                        + "INSERT INTO twice SELECT id, doubled(magnitude) FROM measured WHERE id = 'ci1';");
        assertEquals("{\"id\":\"ci1\",\"m\":5.0}", written("twice").strip());
        assertEquals("doubled", api.get("/pipelines/" + id).json().at("/udfs/0").asText());
        Api.Answer used = api.delete(path).is(409);
        assertTrue(used.text().contains("with a function"), used.text());
        api.delete("/pipelines/" + id).is(204);
        api.delete(path).is(204);
    }
}
