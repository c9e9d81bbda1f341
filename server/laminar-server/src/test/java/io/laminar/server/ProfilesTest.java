package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connection profiles over the API: kept, shown without their secrets, protected while they are used. */
class ProfilesTest {
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

    private static JsonNode create(String name, String connector, Map<String, String> options) {
        return api.post("/connection_profiles", body(name, connector, options))
                .is(201)
                .json();
    }

    private static String body(String name, String connector, Map<String, String> options) {
        return Api.json(Map.of("name", name, "connector", connector, "options", options));
    }

    private static String table(String name, String profile, String file) {
        return "CREATE TABLE " + name + " (x INT) WITH (connection_profile = '" + profile + "', path = '"
                + folder.resolve(file) + "', format = 'json')";
    }

    @Test
    void aProfileIsCreatedShownChangedAndDeleted() {
        JsonNode made = create("lives", "jdbc", Map.of("url", "jdbc:postgresql://localhost:1/x", "username", "me"));
        String path = "/connection_profiles/" + made.get("id").asText();
        assertEquals("me", made.at("/options/username").asText());
        assertEquals(made, api.get(path).is(200).json());

        JsonNode changed = api.patch(
                        path,
                        "{\"description\": \"of tests\", \"options\": {\"username\": \"you\", \"password\": \"p\"}}")
                .is(200)
                .json();
        assertEquals("of tests", changed.get("description").asText());
        assertEquals("you", changed.at("/options/username").asText());
        assertEquals("***", changed.at("/options/password").asText());
        JsonNode less =
                api.patch(path, "{\"options\": {\"username\": null}}").is(200).json();
        assertFalse(less.get("options").has("username"), less.toString());
        assertEquals("of tests", less.get("description").asText());

        api.delete(path).is(204);
        assertEquals("LAM-8001", api.get(path).is(404).code());
        assertEquals(404, api.delete(path).status());
    }

    @Test
    void profilesAreListedInPagesAndByName() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, create("paged_" + i, "filesystem", Map.of()).get("id").asText());
        }
        create("pagedX", "filesystem", Map.of());
        List<String> seen = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = api.get("/connection_profiles?name=paged_*&limit=2&starting_after=" + after)
                    .is(200)
                    .json();
            page.get("data").forEach(one -> seen.add(one.get("id").asText()));
            more = page.get("has_more").asBoolean();
            assertTrue(page.get("data").size() <= 2);
            after = seen.get(seen.size() - 1);
        }
        assertEquals(made, seen, "the newest first, and _ is no wildcard");
        assertEquals(
                List.of("paged_3"),
                StreamSupport.stream(
                                api.get("/connection_profiles?name=paged_3")
                                        .json()
                                        .get("data")
                                        .spliterator(),
                                false)
                        .map(one -> one.get("name").asText())
                        .toList());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        create("taken", "filesystem", Map.of());
        assertEquals(
                "LAM-8002",
                api.post("/connection_profiles", body("taken", "filesystem", Map.of()))
                        .is(409)
                        .code());
        JsonNode unknown = api.post("/connection_profiles", body("wrong", "kafak", Map.of()))
                .is(422)
                .json();
        assertTrue(unknown.at("/error/details/hint").asText().contains("kafka"), unknown.toString());
        JsonNode option = api.post(
                        "/connection_profiles",
                        body("wrong", "jdbc", Map.of("url", "jdbc:postgresql://h/d", "usrname", "x")))
                .is(422)
                .json();
        assertTrue(option.at("/error/details/hint").asText().contains("username"), option.toString());
        for (String name : List.of("", " x", "a\\nb", "x".repeat(201))) {
            assertEquals(
                    400,
                    api.post(
                                    "/connection_profiles",
                                    "{\"name\": \"" + name + "\", \"connector\": \"filesystem\", \"options\": {}}")
                            .status(),
                    name);
        }
        assertEquals(
                0, api.get("/connection_profiles?name=wrong").json().get("data").size());
    }

    @Test
    void whatIsUsedCannotBeDeletedAndSaysByWhom() throws IOException {
        Files.createFile(folder.resolve("in"));
        String profile = create("used", "filesystem", Map.of()).get("id").asText();
        String table = api.post("/connection_tables", Api.json(Map.of("definition", table("used_table", "used", "in"))))
                .is(201)
                .json()
                .get("id")
                .asText();
        Api.Answer byTable = api.delete("/connection_profiles/" + profile).is(409);
        assertEquals("LAM-8003", byTable.code());
        assertTrue(byTable.text().contains("used_table"), byTable.text());

        String query = table("out", "used", "out") + "; INSERT INTO out SELECT x FROM used_table;";
        String pipeline = api.post("/pipelines", Api.json(Map.of("name", "the user", "query", query, "start", false)))
                .is(201)
                .json()
                .get("id")
                .asText();
        for (String path : List.of("/connection_profiles/" + profile, "/connection_tables/" + table)) {
            Api.Answer byPipeline = api.delete(path).is(409);
            assertEquals("LAM-8003", byPipeline.code());
            assertTrue(byPipeline.text().contains("the user"), byPipeline.text());
        }
        api.delete("/pipelines/" + pipeline).is(204);
        api.delete("/connection_tables/" + table).is(204);
        api.delete("/connection_profiles/" + profile).is(204);
    }

    @Test
    void secretsAreMaskedInEveryAnswerAndSealedInTheStore() throws IOException {
        List<String> secrets = List.of("sesame-open-1", "sesame-open-2", "sesame-open-3");
        JsonNode jdbc = create(
                "secret_jdbc",
                "jdbc",
                Map.of("url", "jdbc:postgresql://h/d?user=me&password=sesame-open-1", "password", "sesame-open-2"));
        JsonNode kafka = create(
                "secret_kafka",
                "kafka",
                Map.of(
                        "bootstrap_servers",
                        "localhost:1",
                        "client.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"sesame-open-3\";"));
        assertEquals("***", jdbc.at("/options/url").asText());
        assertEquals("***", jdbc.at("/options/password").asText());
        assertEquals("***", kafka.get("options").get("client.sasl.jaas.config").asText());
        assertEquals("localhost:1", kafka.at("/options/bootstrap_servers").asText());
        String id = jdbc.get("id").asText();
        String answers = api.get("/connection_profiles?name=secret_*").text()
                + api.get("/connection_profiles/" + id).text()
                + api.patch("/connection_profiles/" + id, "{\"description\": \"x\"}")
                        .text()
                + api.post("/connection_profiles/test", Api.json(Map.of("id", id)))
                        .text()
                + api.get("/audit").text();
        String stored = stored();
        for (String secret : secrets) {
            assertFalse(answers.contains(secret), () -> secret + " in " + answers);
            assertFalse(stored.contains(secret), secret);
        }
        assertTrue(stored.contains("sealed:1:"));
        // The mask stands for a secret that is there, and for nothing else.
        assertEquals(
                "LAM-4005",
                api.post(
                                "/connection_profiles",
                                body("masked", "jdbc", Map.of("url", "jdbc:postgresql://h/d", "password", "***")))
                        .is(422)
                        .code());
    }

    /** The bytes of all files of the database. */
    private static String stored() throws IOException {
        try (var files = Files.list(folder.resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("metadata.db"))
                    .map(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }

    @Test
    void placeholdersAreShownAndMissingVariablesToldWhenTheyAreNeeded() {
        JsonNode made = create(
                "variables",
                "jdbc",
                Map.of("url", "jdbc:postgresql://h/d", "password", "{{ NO_SUCH_VARIABLE_OF_TESTS }}"));
        assertEquals(
                "{{ NO_SUCH_VARIABLE_OF_TESTS }}", made.at("/options/password").asText());
        JsonNode test = api.post(
                        "/connection_profiles/test",
                        Api.json(Map.of("id", made.get("id").asText())))
                .is(200)
                .json();
        assertFalse(test.get("ok").asBoolean());
        assertTrue(test.get("error").toString().contains("NO_SUCH_VARIABLE_OF_TESTS"), test.toString());
    }
}
