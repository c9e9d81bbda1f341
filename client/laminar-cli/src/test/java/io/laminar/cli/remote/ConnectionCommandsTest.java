package io.laminar.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.laminar.cli.Laminar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Trying connections and tables, and finding out columns, against a real server. */
class ConnectionCommandsTest {
    @RegisterExtension
    static final Platform platform = new Platform();

    @Test
    void aConnectionIsTried() throws IOException {
        Path data = Files.createDirectories(platform.folder().resolve("lake"));
        Files.writeString(data.resolve("orders.json"), "{\"id\": 7}\n");
        platform.done("", "profile", "create", "lake", "--connector", "filesystem", "--set", "path=" + data);
        Laminar tried = platform.laminar("", "profile", "test", "lake");
        assertEquals(0, tried.code(), tried.err());
        assertTrue(tried.out().contains("files"), tried.out());
        assertTrue(tried.err().matches("(?s)connected in [0-9.]+ m?s\n"), tried.err());
        JsonNode json = platform.json("profile", "test", "lake", "--output", "json");
        assertTrue(json.get("ok").asBoolean(), json.toString());
        assertEquals("1", json.at("/systems/0/details/entries").asText(), json.toString());

        // What is given counts, and is not stored.
        Laminar elsewhere = platform.laminar(
                "",
                "profile",
                "test",
                "lake",
                "--set",
                "path=" + platform.folder().resolve("nowhere"));
        assertEquals(1, elsewhere.code());
        assertTrue(elsewhere.err().contains("LAM-6001"), elsewhere.err());
        assertEquals(0, platform.laminar("", "profile", "test", "lake").code());

        String kind = platform.rows("profile", "autocomplete", "lake").get(0);
        List<String> found = platform.rows("profile", "autocomplete", "lake", "--kind", kind, "--prefix", data + "/");
        assertEquals(List.of(data + "/orders.json,10 bytes"), found);
        JsonNode all = platform.json("profile", "autocomplete", "lake", "--kind", kind, "--output", "json");
        assertTrue(all.get("kinds").isArray() && all.get("names").isArray(), all.toString());
    }

    @Test
    void aConnectionThatIsNotStoredIsTried() throws IOException {
        String[] wanted = {"profile", "test", "--connector", "jdbc", "--set", "url=jdbc:postgresql://localhost:1/shop"};
        Laminar refused = platform.laminar("", wanted);
        assertEquals(1, refused.code(), refused.out());
        assertTrue(refused.err().contains("LAM-6") && refused.err().contains("hint: "), refused.err());
        Laminar json = platform.laminar("", concat(wanted, "--output", "json"));
        assertEquals(1, json.code());
        assertFalse(Platform.JSON.readTree(json.out()).get("ok").asBoolean(), json.out());
        assertEquals(2, platform.laminar("", "profile", "test").code());
        assertEquals(
                2,
                platform.laminar("", "profile", "test", "x", "--connector", "jdbc")
                        .code());
    }

    private static String[] concat(String[] first, String... more) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    @Test
    void aTableIsTried() throws IOException {
        Path data = platform.file("birds.json", "{\"id\": 1, \"name\": \"owl\"}\n{\"id\": 2, \"name\": \"kite\"}\n");
        Path table = platform.file(
                "birds.sql",
                "CREATE TABLE birds (id INT, name TEXT) WITH (connector = 'single_file', path = '" + data
                        + "', format = 'json');");
        Laminar tried = platform.laminar("", "table", "test", "-f", table.toString(), "--output", "csv");
        assertEquals(0, tried.code(), tried.err());
        assertEquals("id,name\n1,owl\n2,kite\n", tried.out());
        assertTrue(tried.err().startsWith("table: ok in "), tried.err());
        assertTrue(platform.rows("table", "list").isEmpty());
        String empty = platform.laminar("", "table", "list").err();
        assertTrue(empty.startsWith("no tables yet: 'laminar table create -f FILE'"), empty);
        assertEquals(
                "nothing matches",
                platform.laminar("", "table", "list", "--name", "b*").err().strip());

        platform.done("", "table", "create", "-f", table.toString());
        assertEquals(
                "{\"id\":1,\"name\":\"owl\"}\n",
                platform.done("", "table", "test", "birds", "--rows", "1", "--output", "json"));
        platform.done("", "table", "delete", "birds");

        Path wrong = platform.file("wrong_birds.sql", Files.readString(table).replace("'json'", "'jsno'"));
        Laminar refused = platform.laminar("", "table", "test", "-f", wrong.toString());
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().startsWith(wrong + ":1:"), refused.err());
        assertTrue(refused.err().contains("hint: did you mean 'json'?"), refused.err());
        Laminar gone = platform.laminar("", "table", "test", "birds");
        assertEquals(1, gone.code());
        assertTrue(gone.err().contains("there is no table 'birds'"), gone.err());
        assertEquals(2, platform.laminar("", "table", "test").code());
    }

    @Test
    void columnsAreFoundOut() throws IOException {
        Path sample = platform.file("visits.ndjson", "{\"at\": \"2026-11-01T00:00:00Z\", \"n\": 1}\n");
        String shown = platform.done("", "table", "infer", sample.toString(), "--table", "visits");
        assertTrue(shown.startsWith("name  type       nullable  reason\n"), shown);
        assertTrue(shown.contains("\nat    TIMESTAMP  true      TIMESTAMP because"), shown);
        assertTrue(shown.contains("\n\nCREATE TABLE visits (\n  at TIMESTAMP,\n  n BIGINT\n) WITH ("), shown);
        assertTrue(shown.endsWith(");\n"), shown);
        assertEquals(
                List.of("at,TIMESTAMP,true", "n,BIGINT,true"),
                platform.rows("table", "infer", sample.toString()).stream()
                        .map(row -> row.substring(0, row.lastIndexOf("true") + 4))
                        .toList());
        String sql = platform.done(
                "id;name\n1;owl\n2;kite\n".replace(';', ','), "table", "infer", "-", "--format", "csv", "--sql");
        assertTrue(sql.startsWith("CREATE TABLE t (\n  id BIGINT"), sql);
        JsonNode json = platform.json("table", "infer", sample.toString(), "--output", "json");
        assertEquals("json", json.get("format").asText());

        Path schema = platform.file(
                "visit.avsc",
                "{\"type\": \"record\", \"name\": \"visit\", \"fields\": [{\"name\": \"n\", \"type\": \"long\"}]}");
        String ofSchema = platform.done("", "table", "infer", schema.toString());
        assertTrue(ofSchema.contains("  n BIGINT NOT NULL\n"), ofSchema);
    }

    @Test
    void onlyTheStartOfALargeSampleIsSent() throws IOException {
        Path large = platform.file("large.json", "{\"n\": 1234567}\n".repeat(600_000));
        assertTrue(
                platform.done("", "table", "infer", large.toString(), "--sql").contains("n BIGINT"));
    }

    @Test
    void whatCannotBeFoundOutIsSaid() throws IOException {
        assertEquals(2, platform.laminar("", "table", "infer").code());
        Laminar none = platform.laminar(
                "", "table", "infer", platform.folder().resolve("none.json").toString());
        assertEquals(2, none.code());
        assertTrue(none.err().contains("there is no file"), none.err());
        Laminar strange = platform.laminar(
                "", "table", "infer", platform.file("a.log", "x\n").toString());
        assertEquals(2, strange.code());
        assertTrue(strange.err().contains("--format json"), strange.err());
        Laminar broken = platform.laminar(
                "",
                "table",
                "infer",
                platform.file("a.avsc", "{\"type\": \"recrd\"}").toString());
        assertEquals(1, broken.code(), broken.out());
        assertTrue(broken.err().contains("LAM-"), broken.err());
        Laminar lonely = platform.laminar("", "table", "infer", "--subject", "orders-value");
        assertEquals(1, lonely.code());
        assertTrue(lonely.err().contains("no profile says where the registry is"), lonely.err());
    }
}
