package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.server.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and keys in every format for records, through a topic. */
@Timeout(120)
class FormatsTest {
    private static final String COLUMNS =
            "(id BIGINT NOT NULL, name TEXT, price DECIMAL(9, 2), at TIMESTAMP, ok BOOLEAN) ";

    private static final String VALUES =
            "(1, 'Zoë, \"x\"', 1.50, TIMESTAMP '2024-02-29 12:00:00.000001', true)," + " (2, NULL, NULL, NULL, NULL)";

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

    private static String inRegistry(String format) {
        return "format = '" + format + "', " + format
                + ".confluent_schema_registry = true, schema_registry.endpoint = '" + registry.endpoint() + "'";
    }

    private static String answer(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(registry.endpoint() + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Writes in a format, reads again, and shows as JSON. */
    private List<String> through(String columns, String values, String topic, String format) {
        String out = lab.topic("out", 1);
        lab.run("CREATE TABLE sink " + columns + lab.with(topic, format) + "; INSERT INTO sink VALUES " + values);
        lab.run("CREATE TABLE source " + columns + lab.now(topic, format) + "; CREATE TABLE sink " + columns
                + lab.with(out) + "; INSERT INTO sink SELECT * FROM source");
        return lab.values(out);
    }

    private static List<String> expected() {
        return List.of(
                "{\"id\":1,\"name\":\"Zoë, \\\"x\\\"\",\"price\":1.50,\"at\":\"2024-02-29T12:00:00.000001\",\"ok\":true}",
                "{\"id\":2,\"name\":null,\"price\":null,\"at\":null,\"ok\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "avro", "protobuf", "debezium_json"})
    void valuesComeBack(String format) {
        assertEquals(
                expected(),
                through(COLUMNS, VALUES, lab.topic(format.replace('_', '-'), 2), "format = '" + format + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "avro", "protobuf"})
    void valuesComeBackWithARegistry(String format) throws Exception {
        String topic = lab.topic(format, 2);
        assertEquals(expected(), through(COLUMNS, VALUES, topic, inRegistry(format)));
        assertTrue(answer("/subjects").contains("\"" + topic + "-value\""), answer("/subjects"));
        for (ConsumerRecord<String, String> record : lab.records(topic)) {
            assertEquals(0, record.value().charAt(0), "the id of the schema comes first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw_string", "raw_bytes"})
    void rawValuesComeBack(String format) {
        String type = format.equals("raw_string") ? "TEXT" : "BYTES";
        String first = format.equals("raw_string") ? "('Zoë')" : "(X'00ff')";
        assertEquals(
                List.of("{\"value\":\"" + (format.equals("raw_string") ? "Zoë" : "AP8=") + "\"}", "{\"value\":null}"),
                through("(value " + type + ") ", first + ", (NULL)", lab.topic("raw", 1), "format = '" + format + "'"));
    }

    /** A compacted topic: rows are told by their keys, so keys have to come back as they went. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "avro", "protobuf"})
    void keysComeBack(String format) {
        String topic = lab.topic("keyed", 2);
        String columns = "(id BIGINT, part TEXT, n INT, PRIMARY KEY (part, id)) ";
        String options = "key.format = '" + format + "'";
        lab.run("CREATE TABLE sink " + columns + lab.with(topic, options)
                + "; INSERT INTO sink VALUES (1, 'ä', 1), (2, 'ä', 2), (1, 'b', 3)");
        lab.run("CREATE TABLE sink " + columns + lab.with(topic, options) + "; INSERT INTO sink VALUES (1, 'ä', 4)");
        String out = lab.topic("out", 1);
        lab.run("CREATE TABLE source " + columns + lab.now(topic, options)
                + "; CREATE TABLE sink (id BIGINT, part TEXT, n INT, PRIMARY KEY (part, id)) " + lab.with(out)
                + "; INSERT INTO sink SELECT * FROM source");
        Map<String, String> last = new TreeMap<>();
        lab.records(out).forEach(record -> last.put(record.key(), record.value()));
        assertEquals(
                Map.of(
                        "{\"part\":\"ä\",\"id\":1}",
                        "{\"id\":1,\"part\":\"ä\",\"n\":4}",
                        "{\"part\":\"ä\",\"id\":2}",
                        "{\"id\":2,\"part\":\"ä\",\"n\":2}",
                        "{\"part\":\"b\",\"id\":1}",
                        "{\"id\":1,\"part\":\"b\",\"n\":3}"),
                last);
    }

    @Test
    void keysInProtobufHaveASchemaOfTheirOwn() throws Exception {
        String topic = lab.topic("keyed", 1);
        String columns = "(id BIGINT PRIMARY KEY, n INT) ";
        String options = inRegistry("protobuf") + ", key.format = 'protobuf'";
        assertEquals(List.of("{\"id\":7,\"n\":1}"), through(columns, "(7, 1)", topic, options));
        String key = answer("/subjects/" + topic + "-key/versions/latest");
        assertTrue(key.contains("int64 id = 1;") && !key.contains(" n = "), key);
    }

    /** What was written under the old schema is read beside the new. */
    @Test
    void avroSinksWithMoreColumnsRegisterANewVersion() throws Exception {
        String topic = lab.topic("people", 1);
        lab.run("CREATE TABLE sink (id BIGINT NOT NULL) " + lab.with(topic, inRegistry("avro"))
                + "; INSERT INTO sink VALUES (1)");
        assertEquals(
                List.of("{\"id\":1,\"city\":null}", "{\"id\":2,\"city\":\"Brno\"}"),
                through("(id BIGINT NOT NULL, city TEXT) ", "(2, 'Brno')", topic, inRegistry("avro")));
        assertEquals("[1,2]", answer("/subjects/" + topic + "-value/versions"));
    }
}
