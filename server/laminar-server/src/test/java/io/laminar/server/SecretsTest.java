package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.laminar.server.http.RoutePaths;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret that was given to a server is ever found again: not in an answer, not in a file, not in what it prints. */
class SecretsTest {
    private static final List<String> SECRETS = List.of(
            "sesame-of-the-database",
            "sesame-in-the-url",
            "sesame-of-the-broker",
            "sesame-in-the-jaas",
            "sesame-of-the-store",
            "sesame-changed-later",
            "sesame-that-was-only-tried",
            "sesame-in-a-table",
            "sesame-that-opens");

    @TempDir
    Path folder;

    private static String profile(Api api, String name, String connector, Map<String, String> options) {
        return api.post(
                        "/connection_profiles",
                        Api.json(Map.of("name", name, "connector", connector, "options", options)))
                .is(201)
                .json()
                .get("id")
                .asText();
    }

    private static void fails(Api api, String name, String query, Map<String, String> answers) {
        Api.Answer made = api.post("/pipelines", Api.json(Map.of("name", name, "query", query)));
        answers.put("create " + name, made.text());
        if (made.status() == 201) {
            String id = made.json().get("id").asText();
            String job = made.json().get("job_id").asText();
            api.await("/pipelines/" + id, json -> List.of("Failed", "Recovering")
                    .contains(json.get("state").asText()));
            api.await("/jobs/" + job + "/errors", json -> json.get("data").size() > 0);
        }
        answers.put(
                "test " + name,
                api.post(
                                "/connection_tables/test",
                                Api.json(Map.of("definition", query.substring(0, query.indexOf(';')), "rows", 1)))
                        .text());
    }

    /** A pipeline that runs with a password, is rescaled, fails, recovers, and goes on after the server was killed. */
    @Test
    void aSecretThatAJobRunsWithIsNowhere() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> answers = new TreeMap<>();
        List<String> traces = new java.util.concurrent.CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            traces.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
        try (EmbeddedPostgres database =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            try (var connection = database.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE ROLE someone LOGIN PASSWORD 'sesame-that-opens'");
                statement.execute("CREATE TABLE copies (counter BIGINT)");
                statement.execute("GRANT ALL ON copies TO someone");
                String rules;
                try (var rows = statement.executeQuery("SHOW hba_file")) {
                    rows.next();
                    rules = rows.getString(1);
                }
                Path file = Path.of(rules);
                Files.writeString(file, "host all someone all scram-sha-256\n" + Files.readString(file));
                statement.execute("SELECT pg_reload_conf()");
                String token;
                String id;
                try (ServerProcess server = ServerProcess.start(data, "telemetry.otlp_endpoint", endpoint)) {
                    token = server.token();
                    Api api = new Api(server.port(), token);
                    profile(
                            api,
                            "database",
                            "jdbc",
                            Map.of(
                                    "url",
                                    "jdbc:postgresql://localhost:" + database.getPort() + "/postgres",
                                    "username",
                                    "someone",
                                    "password",
                                    "sesame-that-opens"));
                    String query =
                            "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 100);"
                                    + "CREATE TABLE copies (counter BIGINT) WITH (connection_profile = 'database',"
                                    + " 'table' = 'copies', type = 'sink', sink.retry_timeout = '100 ms');"
                                    + "INSERT INTO copies SELECT counter FROM ticks;";
                    Api.Answer made = api.post(
                                    "/pipelines",
                                    Api.json(Map.of(
                                            "name", "copies", "query", query, "checkpoint_interval_micros", 200_000)))
                            .is(201);
                    answers.put("create", made.text());
                    id = made.json().get("id").asText();
                    String job = made.json().get("job_id").asText();
                    api.await("/jobs/" + job + "/checkpoints", json -> json.toString()
                            .contains("completed"));
                    answers.put(
                            "rescale",
                            api.patch("/pipelines/" + id, "{\"parallelism\": 2}")
                                    .is(200)
                                    .text());
                    api.awaitState(id, "Running");
                    // The table goes away under it, so that messages of the driver come by.
                    statement.execute("ALTER TABLE copies RENAME TO away");
                    api.await(
                            "/jobs/" + job + "/errors", json -> json.get("data").size() > 0);
                    statement.execute("ALTER TABLE away RENAME TO copies");
                    api.awaitState(id, "Running");
                    askEverything(api, answers);
                    server.kill();
                }
                try (ServerProcess server = ServerProcess.start(data, "telemetry.otlp_endpoint", endpoint)) {
                    Api api = new Api(server.port(), token);
                    api.awaitState(id, "Running");
                    api.post("/pipelines/" + id + "/stop", "{}").is(202);
                    api.awaitState(id, "Stopped");
                    askEverything(api, answers);
                    server.stop();
                }
                try (var rows = statement.executeQuery("SELECT count(*) FROM copies")) {
                    rows.next();
                    assertTrue(rows.getLong(1) > 0, "the password was used");
                }
            }
        } finally {
            collector.stop(0);
        }
        assertFalse(traces.isEmpty(), "traces were sent");
        answers.put("traces", String.join("\n", traces));
        answers.forEach((what, text) -> requireNone(List.of("sesame-that-opens"), text, what));
        int files = 0;
        for (Path root : List.of(data, folder.resolve("server.err"))) {
            try (var all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    requireNone(List.of("sesame-that-opens"), text, file.toString());
                    files++;
                }
            }
        }
        assertTrue(files >= 5, files + " files");
    }

    @Test
    void noSecretIsEverShown() throws Exception {
        Path data = folder.resolve("data");
        Path printed = folder.resolve("server.err");
        Map<String, String> answers = new TreeMap<>();
        List<String> tokens;
        try (ServerProcess server = ServerProcess.start(data)) {
            Api api = new Api(server.port(), server.token());
            String jdbc = profile(
                    api,
                    "database",
                    "jdbc",
                    Map.of(
                            "url",
                            "jdbc:postgresql://localhost:1/d?password=sesame-in-the-url",
                            "username",
                            "someone",
                            "password",
                            "sesame-of-the-database"));
            String kafka = profile(
                    api,
                    "broker",
                    "kafka",
                    Map.of(
                            "bootstrap_servers", "localhost:1",
                            "auth.type", "sasl",
                            "auth.mechanism", "PLAIN",
                            "auth.username", "someone",
                            "auth.password", "sesame-of-the-broker"));
            profile(
                    api,
                    "raw broker",
                    "kafka",
                    Map.of(
                            "bootstrap_servers",
                            "localhost:1",
                            "client.sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                                    + " password=\"sesame-in-the-jaas\";"));
            profile(
                    api,
                    "store",
                    "filesystem",
                    Map.of(
                            "storage.endpoint",
                            "http://localhost:1",
                            "storage.access_key",
                            "someone",
                            "storage.secret_key",
                            "sesame-of-the-store",
                            "storage.retry_timeout",
                            "100 ms"));
            answers.put(
                    "table",
                    api.post(
                                    "/connection_tables",
                                    Api.json(Map.of(
                                            "definition",
                                            "CREATE TABLE t (x INT) WITH (connector = 'jdbc', url = 'jdbc:postgresql://h/d',"
                                                    + " 'table' = 't', password = 'sesame-in-a-table')")))
                            .is(422)
                            .text());
            String token = api.post("/tokens", "{\"name\": \"other\", \"role\": \"viewer\"}")
                    .is(201)
                    .json()
                    .get("token")
                    .asText();
            tokens = List.of(server.token(), token);
            new Api(server.port(), token).get("/pipelines").is(200);
            new Api(server.port(), "sesame-changed-later").get("/pipelines").is(401);

            // All of them are used, and fail: messages are where secrets get out.
            for (String id : List.of(jdbc, kafka)) {
                answers.put(
                        "probe " + id,
                        api.post("/connection_profiles/test", Api.json(Map.of("id", id)))
                                .text());
                answers.put(
                        "tried " + id,
                        api.post(
                                        "/connection_profiles/test",
                                        Api.json(Map.of(
                                                "id",
                                                id,
                                                "options",
                                                id.equals(jdbc)
                                                        ? Map.of("password", "sesame-that-was-only-tried")
                                                        : Map.of("auth.password", "sesame-that-was-only-tried"))))
                                .text());
            }
            String ticks =
                    "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 10);";
            fails(
                    api,
                    "reads the database",
                    "CREATE TABLE t (x INT) WITH (connection_profile = 'database', 'table' = 't'); SELECT x FROM t;",
                    answers);
            fails(
                    api,
                    "writes the database",
                    "CREATE TABLE t (x BIGINT) WITH (connection_profile = 'database', 'table' = 't',"
                            + " sink.retry_timeout = '100 ms', type = 'sink');" + ticks
                            + "INSERT INTO t SELECT counter FROM ticks;",
                    answers);
            fails(
                    api,
                    "reads the broker",
                    "CREATE TABLE k (x INT) WITH (connection_profile = 'broker', topic = 't', format = 'json',"
                            + " client.default.api.timeout.ms = '1000', client.request.timeout.ms = '1000');"
                            + " SELECT x FROM k;",
                    answers);
            Path bad = Files.writeString(folder.resolve("bad.json"), "{\"x\": 1}\n{\"x\": \"one\"}\n");
            fails(
                    api,
                    "runs into a bad record",
                    "CREATE TABLE b (x INT) WITH (connector = 'single_file', path = '" + bad
                            + "', format = 'json'); SELECT x FROM b;",
                    answers);
            answers.put(
                    "patch",
                    api.patch("/connection_profiles/" + jdbc, "{\"options\": {\"password\": \"sesame-changed-later\"}}")
                            .is(200)
                            .text());
            answers.put(
                    "refused",
                    api.patch(
                                    "/connection_profiles/" + jdbc,
                                    "{\"options\": {\"no_such_option\": \"sesame-changed-later\"}}")
                            .is(422)
                            .text());
            askEverything(api, answers);
            server.stop();
        }
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            requireNone(SECRETS, answer.getValue(), answer.getKey());
            requireNone(tokens, answer.getValue(), answer.getKey());
        }
        assertTrue(answers.size() > 45, answers.keySet().toString());
        int files = 0;
        for (Path root : List.of(data, printed)) {
            try (var all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    requireNone(SECRETS, text, file.toString());
                    requireNone(tokens, text, file.toString());
                    files++;
                }
            }
        }
        assertTrue(files >= 3, files + " files");
        assertTrue(Files.size(printed) >= 0);
        try (var logs = Files.walk(data.resolve("logs"))) {
            assertTrue(logs.anyMatch(Files::isRegularFile), "the jobs have logged something");
        }
    }

    private static void requireNone(List<String> secrets, String text, String where) {
        for (String secret : secrets) {
            int at = text.indexOf(secret);
            assertFalse(
                    at >= 0,
                    () -> secret + " is in " + where + ": "
                            + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200)));
        }
    }

    /** Calls every GET route, with everything that there is. */
    private static void askEverything(Api api, Map<String, String> answers) throws IOException {
        Map<String, List<String>> ids = new TreeMap<>();
        for (String collection :
                List.of("/connection_profiles", "/connection_tables", "/pipelines", "/udfs", "/jobs", "/tokens")) {
            ids.put(
                    collection,
                    api.get(collection + "?limit=100")
                            .is(200)
                            .json()
                            .get("data")
                            .findValuesAsText("id"));
        }
        for (String path : RoutePaths.ofGets()) {
            if (!path.contains("{")) {
                answers.put(path, api.get(path).text());
                continue;
            }
            String collection = path.substring(0, path.indexOf("/{"));
            for (String id : ids.getOrDefault(collection, List.of())) {
                String filled = path.replaceFirst("\\{id}", id);
                if (filled.contains("{job_id}")) {
                    JsonNode jobs = api.get("/pipelines/" + id + "/jobs").json().get("data");
                    filled = filled.replace("{job_id}", jobs.at("/0/id").asText());
                }
                filled = filled.replace("{operator}", "x").replace("{checkpoint}", "1");
                answers.put(filled, api.get(filled).text());
            }
        }
        answers.put("/metrics", api.get("/metrics").text());
    }
}
