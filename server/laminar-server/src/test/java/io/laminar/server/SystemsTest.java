package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.server.KafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to real servers. */
class SystemsTest {
    private static final String PASSWORD = "right-password";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres database;
    private static TestServer server;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        execute(
                "CREATE ROLE someone LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE TABLE cities (id INT PRIMARY KEY, name TEXT)",
                "CREATE TABLE countries (id INT PRIMARY KEY)",
                "CREATE TABLE copies (id INT PRIMARY KEY, name TEXT)",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO someone",
                "INSERT INTO cities VALUES (1, 'Oslo'), (2, 'Bern')");
        // Everybody from this machine is trusted in a new database; this user has to show a password.
        Path rules = Path.of(text("SHOW hba_file"));
        Files.writeString(rules, "host all someone all scram-sha-256\n" + Files.readString(rules));
        execute("SELECT pg_reload_conf()");
        server = TestServer.start(folder.resolve("data"));
        api = server.api();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private static String text(String query) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Map<String, String> options(int port, String password) {
        return Map.of(
                "url",
                "jdbc:postgresql://localhost:" + port + "/postgres",
                "username",
                "someone",
                "password",
                password);
    }

    private static JsonNode tried(int port, String password) {
        return api.post(
                        "/connection_profiles/test",
                        Api.json(Map.of("connector", "jdbc", "options", options(port, password))))
                .is(200)
                .json();
    }

    private static String profile(String name) {
        return api.post(
                        "/connection_profiles",
                        Api.json(Map.of(
                                "name", name, "connector", "jdbc", "options", options(database.getPort(), PASSWORD))))
                .is(201)
                .json()
                .get("id")
                .asText();
    }

    @Test
    void aConnectionIsTriedForReal() throws IOException {
        JsonNode right = tried(database.getPort(), PASSWORD);
        assertTrue(right.get("ok").asBoolean(), right.toString());
        assertTrue(right.get("latency_micros").asLong() > 0);
        assertEquals("PostgreSQL", right.at("/systems/0/system").asText());
        assertTrue(right.at("/systems/0/version").asText().matches("\\d+.*"), right.toString());

        JsonNode wrongPassword = tried(database.getPort(), "wrong-password");
        assertFalse(wrongPassword.get("ok").asBoolean());
        assertTrue(wrongPassword.at("/error/code").asText().startsWith("LAM-"), wrongPassword.toString());
        assertTrue(wrongPassword.at("/error/message").asText().contains("password"), wrongPassword.toString());
        assertFalse(wrongPassword.toString().contains("wrong-password"), wrongPassword.toString());

        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        JsonNode nobody = tried(closed, PASSWORD);
        assertFalse(nobody.get("ok").asBoolean());
        assertTrue(nobody.at("/error/message").asText().contains(String.valueOf(closed)), nobody.toString());
        assertFalse(nobody.toString().contains(PASSWORD), nobody.toString());
    }

    @Test
    void theMaskLeavesASecretAsItIs() {
        String id = profile("masked");
        api.patch("/connection_profiles/" + id, "{\"options\": {\"password\": \"***\", \"username\": \"someone\"}}")
                .is(200);
        String wanted = Api.json(Map.of("id", id));
        JsonNode kept = api.post("/connection_profiles/test", wanted).json();
        assertTrue(kept.get("ok").asBoolean(), kept.toString());
        // What is tried may differ from what is stored.
        JsonNode other = api.post(
                        "/connection_profiles/test", Api.json(Map.of("id", id, "options", Map.of("password", "other"))))
                .json();
        assertFalse(other.get("ok").asBoolean());
        assertTrue(
                api.post("/connection_profiles/test", wanted).json().get("ok").asBoolean());
        api.patch("/connection_profiles/" + id, "{\"options\": {\"password\": \"changed\"}}")
                .is(200);
        assertFalse(
                api.post("/connection_profiles/test", wanted).json().get("ok").asBoolean());
    }

    @Test
    void namesThatAreThereAreProposed() {
        String path = "/connection_profiles/" + profile("proposing") + "/autocomplete";
        JsonNode kinds = api.get(path).is(200).json().get("kinds");
        assertTrue(kinds.toString().contains("tables"), kinds.toString());
        JsonNode tables =
                api.get(path + "?kind=tables&prefix=c&schema=public").is(200).json();
        assertEquals(
                List.of("cities", "copies", "countries"),
                tables.get("names").findValuesAsText("name").stream()
                        .map(name -> name.replace("public.", ""))
                        .sorted()
                        .toList());
        JsonNode columns = api.get(path + "?kind=columns&table=cities&schema=public")
                .is(200)
                .json();
        assertEquals(List.of("id", "name"), columns.get("names").findValuesAsText("name"));
        assertEquals(422, api.get(path + "?kind=planet").status());
    }

    @Test
    void aPipelineReadsAndWritesADatabaseThroughAProfile() throws SQLException {
        String profile = profile("cities of tests");
        String table = api.post(
                        "/connection_tables",
                        Api.json(Map.of(
                                "definition",
                                "CREATE TABLE cities (id INT, name TEXT) WITH (connection_profile = 'cities of tests',"
                                        + " 'table' = 'cities')")))
                .is(201)
                .json()
                .get("id")
                .asText();
        List<String> names = new ArrayList<>();
        api.events("POST", "/connection_tables/test", Api.json(Map.of("id", table)), (event, data) -> {
            if (event.equals("row")) {
                names.add(data.at("/values/1").asText());
            }
            return false;
        });
        assertEquals(List.of("Bern", "Oslo"), names.stream().sorted().toList());

        String id = api.post(
                        "/pipelines",
                        Api.json(Map.of(
                                "name",
                                "copies cities",
                                "query",
                                "CREATE TABLE copies (id INT PRIMARY KEY, name TEXT) WITH ("
                                        + "connection_profile = 'cities of tests', 'table' = 'copies');"
                                        + " INSERT INTO copies SELECT id, upper(name) FROM cities;")))
                .is(201)
                .json()
                .get("id")
                .asText();
        api.awaitState(id, "Finished");
        assertEquals("BERN OSLO", text("SELECT string_agg(name, ' ' ORDER BY name) FROM copies"));
        assertTrue(api.delete("/connection_profiles/" + profile).is(409).text().contains("copies cities"));
    }

    @Test
    @Tag("slow")
    void aPipelineReadsAndWritesKafkaThroughAProfile() {
        try (KafkaBroker broker = KafkaBroker.start(KafkaBroker.Settings.PLAIN.withUser("alice", "secret"))) {
            broker.createTopic("numbers", 2);
            String id = api.post(
                            "/connection_profiles",
                            Api.json(Map.of(
                                    "name",
                                    "broker",
                                    "connector",
                                    "kafka",
                                    "options",
                                    Map.of(
                                            "bootstrap_servers",
                                            broker.servers(KafkaBroker.Listener.SASL_PLAINTEXT),
                                            "auth.type",
                                            "sasl",
                                            "auth.mechanism",
                                            "SCRAM-SHA-512",
                                            "auth.username",
                                            "alice",
                                            "auth.password",
                                            "secret"))))
                    .is(201)
                    .json()
                    .get("id")
                    .asText();
            JsonNode tried = api.post("/connection_profiles/test", Api.json(Map.of("id", id)))
                    .json();
            assertTrue(tried.get("ok").asBoolean(), tried.toString());
            String topic = " (x INT) WITH (connection_profile = 'broker', topic = 'numbers', format = 'json'";
            String writes = api.post(
                            "/pipelines",
                            Api.json(Map.of(
                                    "name",
                                    "writes",
                                    "query",
                                    "CREATE TABLE numbers" + topic + "); INSERT INTO numbers VALUES (1), (2), (3);")))
                    .is(201)
                    .json()
                    .get("id")
                    .asText();
            api.awaitState(writes, "Finished");
            JsonNode topics = api.get("/connection_profiles/" + id + "/autocomplete?kind=topics")
                    .is(200)
                    .json();
            assertTrue(topics.get("names").findValuesAsText("name").contains("numbers"), topics.toString());
            int[] sum = new int[1];
            api.events(
                    "POST",
                    "/pipelines/preview",
                    Api.json(Map.of(
                            "query",
                            "CREATE TABLE numbers" + topic + ", source.offset = 'earliest'); SELECT x FROM numbers;",
                            "limit",
                            3)),
                    (event, data) -> {
                        if (event.equals("row")) {
                            sum[0] += data.at("/values/0").asInt();
                        }
                        return event.equals("end");
                    });
            assertEquals(6, sum[0]);
        }
    }

    /** Writes to a table of the database, which need not be there. */
    private static String writing(String table, String profile) {
        return "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 100);"
                + "CREATE TABLE " + table + " (counter BIGINT) WITH ('table' = '" + table
                + "', type = 'sink', connection_profile = '" + profile + "', sink.retry_timeout = '100 ms');"
                + "INSERT INTO " + table + " SELECT counter FROM ticks;";
    }

    private static String started(Api where, String table) {
        return where.post("/pipelines", Api.json(Map.of("name", table, "query", writing(table, table))))
                .is(201)
                .json()
                .get("id")
                .asText();
    }

    private static void awaitRows(Api where, String job) {
        where.await(
                "/jobs/" + job + "/metrics", json -> json.at("/total/rows_out").asLong() > 0);
    }

    @Test
    void aFaultThatGoesAwayIsGotOver() throws SQLException {
        execute("CREATE TABLE goes_away (counter BIGINT)", "GRANT ALL ON goes_away TO someone");
        profile("goes_away");
        String id = started(api, "goes_away");
        String job = api.awaitState(id, "Running").json().get("job_id").asText();
        awaitRows(api, job);
        execute("ALTER TABLE goes_away RENAME TO elsewhere");
        JsonNode errors = api.await(
                        "/jobs/" + job + "/errors", json -> json.get("data").size() >= 2)
                .json();
        assertTrue(errors.toString().contains("goes_away"), errors.toString());
        api.awaitState(id, "Recovering");
        execute("ALTER TABLE elsewhere RENAME TO goes_away");
        JsonNode running = api.awaitState(id, "Running").json();
        assertEquals(job, running.get("job_id").asText(), "the same job");
        api.await("/jobs/" + job + "/checkpoints", json -> json.toString().contains("completed"));
        api.post("/pipelines/" + id + "/stop", "{}").is(202);
        api.awaitState(id, "Stopped");
        assertEquals(
                text("SELECT count(DISTINCT counter) FROM goes_away"),
                text("SELECT max(counter) + 1 FROM goes_away"),
                "nothing is lost");
    }

    @Test
    void aFaultThatStaysEndsTheJobAfterSoManyStarts() throws SQLException {
        execute("CREATE TABLE stays_away (counter BIGINT)", "GRANT ALL ON stays_away TO someone");
        try (TestServer impatient = TestServer.start(folder.resolve("impatient"), "jobs.restarts", "1")) {
            Api other = impatient.api();
            other.post(
                            "/connection_profiles",
                            Api.json(Map.of(
                                    "name",
                                    "stays_away",
                                    "connector",
                                    "jdbc",
                                    "options",
                                    options(database.getPort(), PASSWORD))))
                    .is(201);
            String id = started(other, "stays_away");
            awaitRows(
                    other, other.awaitState(id, "Running").json().get("job_id").asText());
            execute("DROP TABLE stays_away");
            JsonNode failed = other.awaitState(id, "Failed").json();
            assertTrue(failed.at("/failure/code").asText().startsWith("LAM-"), failed.toString());
            String message = failed.at("/failure/message").asText();
            assertTrue(message.contains("stays_away"), message);
            assertTrue(message.endsWith("(no checkpoint was completed in 1 more starts)"), message);
            assertTrue(failed.get("action_text").asText().endsWith(message), failed.toString());
            assertTrue(failed.at("/failure/details/place").asText().contains("stays_away"), failed.toString());
            JsonNode errors = other.get("/jobs/" + failed.get("job_id").asText() + "/errors")
                    .is(200)
                    .json();
            assertEquals(2, errors.get("data").size(), errors.toString());
            assertTrue(errors.at("/data/0/error/message").asText().contains("stays_away"), errors.toString());
        }
    }

    /** A server that is started again goes on counting, with its store in SQLite and in PostgreSQL. */
    @Test
    void restartsOfAJobAreCountedOverServers() throws SQLException {
        execute("CREATE DATABASE counting");
        countsOverServers("sqlite");
        countsOverServers(
                "postgres",
                "metadata.url",
                "jdbc:postgresql://localhost:" + database.getPort() + "/counting",
                "metadata.user",
                "postgres");
    }

    private static void countsOverServers(String name, String... store) throws SQLException {
        String table = "gone_with_" + name;
        execute("CREATE TABLE " + table + " (counter BIGINT)", "GRANT ALL ON " + table + " TO someone");
        List<String> all = new ArrayList<>(List.of(store));
        all.addAll(List.of("jobs.restarts", "3"));
        String[] settings = all.toArray(String[]::new);
        String id;
        String job;
        String token;
        try (TestServer first = TestServer.start(folder.resolve(name), settings)) {
            Api own = first.api();
            token = first.token();
            own.post(
                            "/connection_profiles",
                            Api.json(Map.of(
                                    "name",
                                    table,
                                    "connector",
                                    "jdbc",
                                    "options",
                                    options(database.getPort(), PASSWORD))))
                    .is(201);
            id = started(own, table);
            job = own.awaitState(id, "Running").json().get("job_id").asText();
            awaitRows(own, job);
            assertEquals(0, own.get("/jobs/" + job).json().get("restarts").asLong());
            execute("REVOKE INSERT ON " + table + " FROM someone");
            own.await("/jobs/" + job, json -> json.get("restarts").asLong() >= 1);
        }
        try (TestServer second = TestServer.again(folder.resolve(name), token, settings)) {
            Api own = second.api();
            assertTrue(own.get("/jobs/" + job).json().get("restarts").asLong() >= 1);
            JsonNode failed = own.awaitState(id, "Failed").json();
            assertEquals(job, failed.get("job_id").asText(), "the same job");
            String message = failed.at("/failure/message").asText();
            assertTrue(message.endsWith("(no checkpoint was completed in 3 more starts)"), message);
            assertEquals(3, own.get("/jobs/" + job).json().get("restarts").asLong());
            JsonNode errors = own.get("/jobs/" + job + "/errors").json().get("data");
            assertEquals(4, errors.size(), errors.toString());
        }
    }

    @Test
    void twoServersCannotShareADatabase() throws SQLException {
        execute("CREATE DATABASE store");
        String url = "jdbc:postgresql://localhost:" + database.getPort() + "/store";
        String[] settings = {"metadata.url", url, "metadata.user", "postgres"};
        TestServer first = TestServer.start(folder.resolve("first"), settings);
        try (first) {
            LaminarException refused =
                    assertThrows(LaminarException.class, () -> TestServer.start(folder.resolve("second"), settings));
            assertEquals(ErrorCode.USAGE, refused.code());
            assertTrue(refused.reason().startsWith("another server works with the metadata in "), refused.reason());
            assertEquals(200, first.api().get("/pipelines").status());
        }
        TestServer.again(folder.resolve("second"), first.token(), settings).close();
    }
}
