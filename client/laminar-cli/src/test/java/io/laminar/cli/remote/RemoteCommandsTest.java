package io.laminar.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.laminar.cli.Laminar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands against a real server. */
class RemoteCommandsTest {
    private static final String TICKS =
            "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 1000);\n";

    @RegisterExtension
    static final Platform platform = new Platform();

    @Test
    void tokensAreKeptWhereOnlyTheUserReadsThem() throws IOException {
        assertEquals(
                1,
                platform.anonymous("", "pipeline", "list", "--server", platform.address())
                        .code());
        Laminar wrong = platform.anonymous("", "login", platform.address(), "lam_wrong");
        assertEquals(1, wrong.code());
        assertTrue(wrong.err().contains("LAM-8011"), wrong.err());
        assertTrue(wrong.err().contains("laminar login " + platform.address()), wrong.err());

        assertEquals(
                0,
                platform.anonymous(platform.token() + "\n", "login", platform.address())
                        .code());
        Path kept = platform.home().resolve(".config/laminar/credentials.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        Laminar list = platform.anonymous("", "token", "list", "--output", "csv");
        assertEquals(0, list.code(), list.err());
        assertTrue(list.out().contains(",admin,"), list.out());

        assertEquals(0, platform.anonymous("", "logout").code());
        assertFalse(Files.readString(kept).contains(platform.token()));
        assertEquals(2, platform.anonymous("", "logout").code());
    }

    @Test
    void aServerThatDoesNotAnswerIsSaid() {
        Laminar list = platform.anonymous("", "pipeline", "list", "--server", "http://localhost:1");
        assertEquals(1, list.code());
        assertTrue(list.err().contains("http://localhost:1 does not answer"), list.err());
        assertTrue(list.err().contains("'laminar serve' starts one"), list.err());
        assertFalse(list.err().contains("\tat "), list.err());
        assertEquals(
                2,
                platform.anonymous("", "pipeline", "list", "--server", "ftp://x")
                        .code());
    }

    @Test
    void theLifeOfAPipeline() throws IOException {
        Path query = platform.file(
                "life.sql", TICKS + "SELECT counter % 10 AS k, count(*) AS n FROM ticks GROUP BY counter % 10;");
        String created = platform.done("", "pipeline", "create", "-f", query.toString(), "--name", "life", "--wait");
        assertTrue(created.contains("life  Running"), created);
        List<String> listed = platform.rows("pipeline", "list", "--name", "li*");
        assertEquals(1, listed.size());
        String id = listed.get(0).split(",")[0];
        assertEquals(
                platform.json("pipeline", "show", "life", "--output", "json").get("id"),
                platform.json("pipeline", "show", id, "--output", "json").get("id"));
        String shown = platform.done("", "pipeline", "show", "life");
        assertTrue(shown.contains("\n\nCREATE TABLE ticks"), shown);

        Laminar again = platform.laminar("", "pipeline", "start", "life");
        assertEquals(1, again.code());
        assertTrue(again.err().contains("LAM-8015") && again.err().contains("hint: "), again.err());

        JsonNode job = platform.json("job", "show", "life", "--output", "json");
        assertEquals("Running", job.get("state").asText());
        assertEquals(1, platform.rows("job", "list", "--pipeline", "life").size());
        assertTrue(platform.rows("job", "metrics", "life").size() >= 2);
        assertTrue(platform.json("job", "metrics", "life", "--output", "json").has("total"));
        assertEquals(List.of(), platform.rows("job", "errors", "life"));
        String savepoint = platform.done("", "job", "savepoint", "life").strip();
        assertTrue(Files.isDirectory(Path.of(java.net.URI.create(savepoint))), savepoint);
        assertFalse(platform.rows("job", "checkpoints", job.get("id").asText()).isEmpty());
        assertEquals(0, platform.laminar("", "job", "logs", "life").code());

        Path changed =
                platform.file("changed.sql", Files.readString(query) + "\nSELECT max(counter) AS last FROM ticks;");
        Laminar dry = platform.laminar("", "pipeline", "edit", "life", "-f", changed.toString(), "--dry-run");
        assertEquals(0, dry.code(), dry.err());
        assertTrue(dry.err().contains("keeps its state: ") && dry.err().contains("starts empty: "), dry.err());
        assertEquals(1, versions());

        assertEquals(
                0, platform.laminar("", "pipeline", "stop", "life", "--wait").code());
        assertTrue(platform.rows("pipeline", "list", "--name", "life").get(0).contains(",Stopped,"));
        assertEquals(
                1,
                platform.rows("pipeline", "list", "--state", "Stopped", "--name", "life")
                        .size());
        assertEquals(List.of(), platform.rows("pipeline", "list", "--state", "Running", "--name", "life"));
        Laminar unknown = platform.laminar("", "pipeline", "list", "--state", "Sleeping");
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("states are Created"), unknown.err());
        assertEquals(
                0,
                platform.laminar("", "pipeline", "edit", "life", "-f", changed.toString())
                        .code());
        assertEquals(2, versions());
        assertEquals(
                0, platform.laminar("", "pipeline", "start", "life", "--wait").code());
        assertEquals(
                0,
                platform.laminar("", "job", "stop", "life", "--mode", "immediate", "--wait")
                        .code());
        assertEquals(0, platform.laminar("", "pipeline", "delete", "life").code());
        Laminar gone = platform.laminar("", "pipeline", "show", "life");
        assertEquals(1, gone.code());
        assertTrue(gone.err().contains("there is no pipeline 'life'"), gone.err());
    }

    private static long versions() {
        return platform.done("", "pipeline", "versions", "life", "--output", "json")
                .lines()
                .count();
    }

    @Test
    void rowsOfAPipelineAreShown() throws IOException {
        Path query = platform.file(
                "rows.sql", "SELECT id, name FROM (VALUES (1, 'ant'), (2, 'bear, big')) AS t (id, name);");
        platform.done("", "pipeline", "create", "-f", query.toString(), "--name", "rows");
        String tail = platform.done("", "pipeline", "tail", "rows", "--output", "csv");
        assertEquals("op,id,name\n+I,1,ant\n+I,2,\"bear, big\"\n", tail);
        assertEquals(
                "{\"op\":\"+I\",\"id\":1,\"name\":\"ant\"}\n{\"op\":\"+I\",\"id\":2,\"name\":\"bear, big\"}\n",
                platform.done("", "job", "output", "rows", "--output", "json"));
    }

    @Test
    void wrongSqlIsShownAtItsPlace() throws IOException {
        Path query = platform.file("wrong.sql", "SELECT 1 AS x;\nSELECT nope FROM (VALUES (1)) AS t (id);");
        for (String[] arguments : new String[][] {
            {"pipeline", "create", "--name", "wrong", "-f", query.toString()},
            {"pipeline", "validate", query.toString()},
            {"pipeline", "preview", query.toString()}
        }) {
            Laminar wrong = platform.laminar("", arguments);
            assertEquals(2, wrong.code(), wrong.err());
            assertTrue(wrong.err().startsWith(query + ":2:8: LAM-2002: "), wrong.err());
            assertTrue(wrong.err().contains("\n   |        ^^^^\n"), wrong.err());
        }
        assertEquals(
                0, platform.laminar("SELECT 1;", "pipeline", "validate", "-").code());
    }

    @Test
    void validationAsDataHasTheGraphAndTheErrors() throws IOException {
        Path query = platform.file("graph.sql", TICKS + "SELECT count(*) AS n FROM ticks;");
        JsonNode checked = platform.json("pipeline", "validate", query.toString(), "--output", "json");
        assertTrue(checked.get("valid").asBoolean(), checked.toString());
        platform.done("", "pipeline", "create", "-f", query.toString(), "--name", "graph", "--no-start");
        assertEquals(
                platform.json("pipeline", "show", "graph", "--output", "json").get("graph"), checked.get("graph"));
        assertTrue(checked.at("/graph/edges").size() >= 2, checked.toString());
        platform.done("", "pipeline", "delete", "graph");
        assertEquals(
                "line,column,code,message,hint\n",
                platform.done("", "pipeline", "validate", query.toString(), "--output", "csv"));

        String wrong = "SELECT nope FROM (VALUES (1)) AS t (id);\nSELECT lowr('A');";
        Laminar data = platform.laminar(wrong, "pipeline", "validate", "-", "--output", "json");
        assertEquals(2, data.code(), data.err());
        JsonNode refused = Platform.JSON.readTree(data.out());
        assertFalse(refused.get("valid").asBoolean(), data.out());
        assertEquals(List.of("LAM-2002", "LAM-2003"), refused.get("errors").findValuesAsText("code"));
        assertEquals(2, refused.at("/errors/1/details/line").asInt(), data.out());
        Laminar rows = platform.laminar(wrong, "pipeline", "validate", "-", "--output", "csv");
        assertEquals(2, rows.code(), rows.err());
        assertTrue(rows.out().lines().toList().get(2).startsWith("2,8,LAM-2003,"), rows.out());
    }

    @Test
    void aPreviewShowsRows() {
        String sql = TICKS + "SELECT counter FROM ticks;";
        assertEquals(
                "counter\n-------\n      0\n      1\n      2\n",
                platform.done(sql, "pipeline", "preview", "-", "--limit", "3"));
        String changes = TICKS + "SELECT count(*) AS n FROM ticks WHERE counter < 1000;";
        List<String> lines = platform.done(changes, "pipeline", "preview", "-", "--limit", "3", "--output", "csv")
                .lines()
                .toList();
        assertEquals("op,n", lines.get(0));
        assertTrue(lines.get(1).startsWith("+I,"), lines.toString());
        assertTrue(lines.get(2).startsWith("-U,"), lines.toString());
    }

    @Test
    void profilesAndTables() throws IOException {
        Path secret = platform.file("secret", "s3cret\n");
        platform.done(
                "",
                "profile",
                "create",
                "shop",
                "--connector",
                "jdbc",
                "--set",
                "url=jdbc:postgresql://localhost:1/shop",
                "--set",
                "username=me",
                "--set",
                "password=@" + secret);
        JsonNode profile = platform.json("profile", "show", "shop", "--output", "json");
        assertEquals("***", profile.at("/options/password").asText(), profile.toString());
        platform.done("other\n", "profile", "edit", "shop", "--set", "username=-");
        assertEquals(
                "other",
                platform.json("profile", "show", "shop", "--output", "json")
                        .at("/options/username")
                        .asText());
        Laminar unknown = platform.laminar("", "profile", "edit", "shop", "--set", "usernam=x");
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("hint: did you mean 'username'?"), unknown.err());

        Path data = platform.file("orders.json", "{\"id\": 7}\n");
        Path table = platform.file(
                "orders.sql",
                "CREATE TABLE orders (id INT) WITH (connector = 'single_file', path = '" + data
                        + "', format = 'json');");
        platform.done("", "table", "create", "-f", table.toString());
        assertTrue(platform.done("", "table", "show", "orders").contains("\n\nCREATE TABLE orders"));
        assertEquals("id\n7\n", platform.done("SELECT id FROM orders", "pipeline", "preview", "-", "--output", "csv"));
        Laminar missing = platform.laminar("", "table", "show", "order");
        assertTrue(missing.err().contains("hint: did you mean 'orders'?"), missing.err());
        assertEquals(0, platform.laminar("", "table", "delete", "orders").code());
        assertEquals(0, platform.laminar("", "profile", "delete", "shop").code());
    }

    @Test
    void functions() throws IOException {
        Path good = platform.file(
                "twice.sql",
                "CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$\n  public static long eval(long x) { return x * 2; }\n$$;");
        Path bad = platform.file(
                "bad.sql",
                "CREATE FUNCTION bad(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$\n  public static long eval(long x) { return y; }\n$$;");
        assertEquals(0, platform.laminar("", "udf", "validate", good.toString()).code());
        Laminar wrong = platform.laminar("", "udf", "validate", bad.toString());
        assertEquals(2, wrong.code(), wrong.out());
        assertTrue(wrong.err().contains("LAM-2021"), wrong.err());
        platform.done("", "udf", "create", "-f", good.toString(), "--description", "doubles");
        assertTrue(platform.rows("udf", "list").get(0).contains(",twice,doubles,"));
        assertTrue(platform.done("", "udf", "show", "twice").contains("return x * 2"));
        assertEquals("n\n42\n", platform.done("SELECT twice(21) AS n", "pipeline", "preview", "-", "--output", "csv"));
        assertEquals(0, platform.laminar("", "udf", "delete", "twice").code());
    }

    @Test
    void tokensHaveRoles() {
        String viewer = platform.done("", "token", "create", "looks on", "--role", "viewer")
                .strip();
        Laminar refused = Laminar.with(
                java.util.Map.of("HOME", platform.home().toString(), "LAMINAR_TOKEN", viewer),
                "",
                "token",
                "list",
                "--server",
                platform.address());
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("LAM-8012"), refused.err());
        assertEquals(0, platform.laminar("", "token", "delete", "looks on").code());
    }

    @Test
    void listsAreReadToTheirEnd() {
        for (int i = 0; i < 105; i++) {
            platform.done("", "token", "create", "many " + i, "--role", "viewer");
        }
        assertEquals(
                105,
                platform.rows("token", "list").stream()
                        .filter(row -> row.contains(",many "))
                        .count());
    }

    @Test
    void wrongUseIsExitCodeTwo() {
        assertEquals(
                2, platform.laminar("", "pipeline", "create", "--name", "x").code());
        assertEquals(2, platform.laminar("", "pipeline", "strat", "x").code());
        assertEquals(2, platform.laminar("", "job", "rescale", "x").code());
        assertEquals(0, platform.laminar("", "pipeline").code());
        assertTrue(platform.laminar("", "pipeline", "--help").out().contains("Examples:"));
    }
}
