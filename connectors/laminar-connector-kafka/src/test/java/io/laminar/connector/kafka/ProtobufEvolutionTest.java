package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.format.registry.RegistryClient;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.testing.server.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Topics whose Protobuf messages change with time, and a registry that knows all their schemas. */
@Timeout(120)
class ProtobufEvolutionTest {
    private static final String FIRST =
            "syntax = \"proto3\"; message Order { int64 id = 1; string name = 2; int32 quantity = 3; }";

    /** The name is gone, a city has come, and quantities are larger. */
    private static final String SECOND = "syntax = \"proto3\"; message Order { reserved 2; reserved \"name\";"
            + " int64 id = 1; int64 quantity = 3; optional string city = 4; }";

    /** Written by somebody who began anew: other numbers, and another message before. */
    private static final String THIRD = "syntax = \"proto3\"; message Header { string text = 1; }"
            + " message Order { int64 quantity = 1; string name = 7; int64 id = 3; }";

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
        List<String> options = new ArrayList<>(List.of(more));
        options.add("format = 'protobuf'");
        options.add("protobuf.confluent_schema_registry = true");
        options.add("schema_registry.endpoint = '" + registry.endpoint() + "'");
        return options.toArray(String[]::new);
    }

    private static RegistryClient client() {
        return Registries.of(new OptionValues(Map.of("schema_registry.endpoint", registry.endpoint())));
    }

    private static int register(String topic, String text) {
        return client().register(topic + "-value", new SchemaDefinition(Language.PROTOBUF, text));
    }

    private static String latest(String topic) {
        return client().latest(topic + "-value").orElseThrow().definition().text();
    }

    private static String versions(String topic) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(registry.endpoint() + "/subjects/" + topic + "-value/versions"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** A record as other producers write it, with Google's library. */
    private static byte[] record(int id, byte[] message, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
        bytes.writeBytes(message);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] first(int schema, int id) {
        return record(schema, new byte[] {0}, out -> {
            out.writeInt64(1, id);
            out.writeString(2, "n" + id);
            out.writeInt32(3, id * 10);
        });
    }

    private static byte[] second(int schema, int id) {
        return record(schema, new byte[] {0}, out -> {
            out.writeInt64(1, id);
            out.writeInt64(3, id * 10_000_000_000L);
            out.writeString(4, "c" + id);
        });
    }

    /** The second message of its file: one index, which is 1. */
    private static byte[] third(int schema, int id) {
        return record(schema, new byte[] {2, 2}, out -> {
            out.writeInt64(1, id * 10);
            out.writeString(7, "n" + id);
            out.writeInt64(3, id);
        });
    }

    /** Fields that come, go and get other numbers, in one topic, while the job runs that reads it. */
    @Test
    void aRunningJobReadsOldAndNewRecords() throws Exception {
        String topic = lab.topic("orders", 2);
        String out = lab.topic("out", 1);
        int one = register(topic, FIRST);
        lab.sendBytes(topic, 0, first(one, 1), first(one, 2));
        String columns = "(id BIGINT NOT NULL, name TEXT, quantity BIGINT, city TEXT) ";
        RunningJob job = lab.start(new Lab.Job("SET checkpoint_interval = '100 milliseconds'; CREATE TABLE orders "
                + columns + lab.with(topic, inRegistry("source.offset = 'earliest'")) + "; CREATE TABLE sink " + columns
                + lab.with(out) + "; INSERT INTO sink SELECT * FROM orders"));
        Lab.await("the first schema's", () -> lab.values(out).size() == 2);
        int two = register(topic, SECOND);
        lab.sendBytes(topic, 1, second(two, 3), first(one, 4), second(two, 5));
        Lab.await("the second schema's", () -> lab.values(out).size() == 5);
        int three = register(topic, THIRD);
        lab.sendBytes(topic, 0, third(three, 6), first(one, 7), second(two, 8));
        Lab.await("the third schema's", () -> lab.values(out).size() == 8);
        job.cancel();
        assertEquals(
                List.of(
                        "{\"id\":1,\"name\":\"n1\",\"quantity\":10,\"city\":null}",
                        "{\"id\":2,\"name\":\"n2\",\"quantity\":20,\"city\":null}",
                        "{\"id\":3,\"name\":null,\"quantity\":30000000000,\"city\":\"c3\"}",
                        "{\"id\":4,\"name\":\"n4\",\"quantity\":40,\"city\":null}",
                        "{\"id\":5,\"name\":null,\"quantity\":50000000000,\"city\":\"c5\"}",
                        "{\"id\":6,\"name\":\"n6\",\"quantity\":60,\"city\":null}",
                        "{\"id\":7,\"name\":\"n7\",\"quantity\":70,\"city\":null}",
                        "{\"id\":8,\"name\":null,\"quantity\":80000000000,\"city\":\"c8\"}"),
                lab.values(out));
    }

    private void insert(String topic, String columns, String values) {
        lab.run("CREATE TABLE sink " + columns + lab.with(topic, inRegistry("sink.commit_mode = 'exactly_once'"))
                + "; INSERT INTO sink VALUES " + values);
    }

    @Test
    void aSinkWithMoreColumnsRegistersANewVersion() throws Exception {
        String topic = lab.topic("people", 1);
        String out = lab.topic("out", 1);
        insert(topic, "(id BIGINT NOT NULL, name TEXT) ", "(1, 'Zoë'), (2, NULL)");
        assertEquals("[1]", versions(topic));
        String first = latest(topic);
        insert(
                topic,
                "(city TEXT, id BIGINT NOT NULL, name TEXT, at TIMESTAMP) ",
                "('Brno', 3, 'Bo', TIMESTAMP '2024-02-29 12:00:00')");
        assertEquals("[1,2]", versions(topic));
        String second = latest(topic);
        assertTrue(second.contains("int64 id = 1;") && second.contains("string name = 2;"), second);
        assertTrue(second.contains("string city = 3;") && second.contains("at = 4;"), first + second);
        // Who writes fewer columns, or the same again, does so in the terms of what is there.
        insert(topic, "(id BIGINT NOT NULL) ", "(4)");
        insert(topic, "(name TEXT, city TEXT) ", "('x', 'y')");
        assertEquals("[1,2]", versions(topic));
        lab.run("CREATE TABLE people (id BIGINT, name TEXT, city TEXT, at TIMESTAMP) " + lab.now(topic, inRegistry())
                + "; CREATE TABLE sink (id BIGINT, name TEXT, city TEXT, at TIMESTAMP) " + lab.with(out)
                + "; INSERT INTO sink SELECT * FROM people");
        assertEquals(
                List.of(
                        "{\"id\":0,\"name\":\"x\",\"city\":\"y\",\"at\":null}",
                        "{\"id\":1,\"name\":\"Zoë\",\"city\":null,\"at\":null}",
                        "{\"id\":2,\"name\":null,\"city\":null,\"at\":null}",
                        "{\"id\":3,\"name\":\"Bo\",\"city\":\"Brno\",\"at\":\"2024-02-29T12:00:00\"}",
                        "{\"id\":4,\"name\":null,\"city\":null,\"at\":null}"),
                lab.values(out));
    }

    @Test
    void columnsThatDoNotFitAreRefusedBeforeTheJobStarts() throws Exception {
        String topic = lab.topic("people", 1);
        register(topic, SECOND);
        LaminarException type = Lab.refused("CREATE TABLE sink (id BIGINT, city INT) " + lab.with(topic, inRegistry())
                + "; INSERT INTO sink VALUES (1, 1)");
        assertEquals(ErrorCode.INVALID_SCHEMA, type.code(), type::describe);
        assertTrue(type.reason().contains("'city'"), type::describe);
        LaminarException name = Lab.refused("CREATE TABLE sink (id BIGINT, name TEXT) " + lab.with(topic, inRegistry())
                + "; INSERT INTO sink VALUES (1, 'a')");
        assertEquals(ErrorCode.INVALID_SCHEMA, name.code(), name::describe);
        assertTrue(name.reason().contains("reserves the name 'name'"), name::describe);
        assertEquals("[1]", versions(topic));
    }
}
