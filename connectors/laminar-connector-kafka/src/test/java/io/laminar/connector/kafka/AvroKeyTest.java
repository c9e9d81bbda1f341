package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.server.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys in Avro, with and without the registry. */
@Timeout(120)
class AvroKeyTest {
    private static SchemaRegistry registry;

    private final Lab lab = Lab.shared();

    @BeforeAll
    static void start() {
        registry = SchemaRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static String[] inRegistry(String... more) {
        String[] options = java.util.Arrays.copyOf(more, more.length + 4);
        options[more.length] = "format = 'avro'";
        options[more.length + 1] = "key.format = 'avro'";
        options[more.length + 2] = "avro.confluent_schema_registry = true";
        options[more.length + 3] = "schema_registry.endpoint = '" + registry.endpoint() + "'";
        return options;
    }

    private static String answer(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(registry.endpoint() + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void keysAndValuesHaveSchemasOfTheirOwn() throws Exception {
        String topic = lab.topic("people", 2);
        String out = lab.topic("out", 1);
        String columns = "(id BIGINT, name TEXT, n INT, PRIMARY KEY (id, name)) ";
        lab.run("CREATE TABLE people " + columns + lab.with(topic, inRegistry())
                + "; INSERT INTO people VALUES (1, 'Zoë', 1), (2, 'Bo', 2)");
        lab.run("CREATE TABLE people " + columns + lab.with(topic, inRegistry())
                + "; INSERT INTO people VALUES (1, 'Zoë', 3)");
        assertTrue(answer("/subjects").contains("\"" + topic + "-key\""), answer("/subjects"));
        String key = answer("/subjects/" + topic + "-key/versions/latest");
        assertTrue(key.contains("name") && !key.contains("\\\"n\\\""), key);
        lab.run("CREATE TABLE people " + columns + lab.now(topic, inRegistry()) + "; CREATE TABLE sink " + columns
                + lab.with(out) + "; INSERT INTO sink SELECT * FROM people");
        assertEquals(
                List.of("{\"id\":1,\"name\":\"Zoë\",\"n\":3}", "{\"id\":2,\"name\":\"Bo\",\"n\":2}"), lab.values(out));
    }

    @Test
    void deletesNeedOnlyTheKey() {
        String topic = lab.topic("people", 1);
        String out = lab.topic("out", 1);
        String changes = lab.topic("changes", 1);
        lab.send(
                changes,
                "{\"op\":\"c\",\"after\":{\"id\":1,\"n\":1}}",
                "{\"op\":\"c\",\"after\":{\"id\":2,\"n\":2}}",
                "{\"op\":\"d\",\"before\":{\"id\":1,\"n\":1}}");
        String columns = "(id BIGINT PRIMARY KEY, n INT) ";
        lab.run("CREATE TABLE changes " + columns + lab.now(changes, "format = 'debezium_json'")
                + "; CREATE TABLE people " + columns + lab.with(topic, inRegistry())
                + "; INSERT INTO people SELECT * FROM changes");
        lab.run("CREATE TABLE people " + columns + lab.now(topic, inRegistry()) + "; CREATE TABLE sink " + columns
                + lab.with(out) + "; INSERT INTO sink SELECT * FROM people");
        assertEquals(List.of("{\"id\":2,\"n\":2}"), lab.values(out));
    }

    @Test
    void aKeyWithoutRegistryBesideAnotherFormat() {
        String topic = lab.topic("people", 1);
        String out = lab.topic("out", 1);
        String columns = "(id BIGINT PRIMARY KEY, n INT) ";
        lab.run("CREATE TABLE people " + columns + lab.with(topic, "key.format = 'avro'")
                + "; INSERT INTO people VALUES (300, 1)");
        lab.run("CREATE TABLE people " + columns + lab.now(topic, "key.format = 'avro'") + "; CREATE TABLE sink "
                + columns + lab.with(out) + "; INSERT INTO sink SELECT * FROM people");
        assertEquals(List.of("{\"id\":300,\"n\":1}"), lab.values(out));
        LaminarException refused = Lab.refused("CREATE TABLE people " + columns
                + lab.with(topic, "key.format = 'avro'", "avro.confluent_schema_registry = true")
                + "; INSERT INTO people VALUES (300, 1)");
        assertEquals(ErrorCode.UNKNOWN_OPTION, refused.code());
    }
}
