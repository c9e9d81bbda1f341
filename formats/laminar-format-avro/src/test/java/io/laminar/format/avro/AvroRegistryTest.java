package io.laminar.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.Reference;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.format.registry.RegistryClient;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RegistryReader;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.testing.server.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records with the id of their schema, against a real registry. */
class AvroRegistryTest {
    private static final Field[] COLUMNS = {new Field("id", Scalar.BIGINT, false), new Field("name", Scalar.TEXT)};

    private static @Nullable SchemaRegistry server;

    @BeforeAll
    static void start() {
        server = SchemaRegistry.start();
        server.requireCompatibility("BACKWARD");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Map<String, Object> options(@Nullable String subject) {
        Map<String, Object> options = new HashMap<>();
        options.put("avro.confluent_schema_registry", true);
        options.put("schema_registry.endpoint", server.endpoint());
        if (subject != null) {
            options.put("value.subject", subject);
        }
        return options;
    }

    private static RegistryClient registry() {
        return Registries.of(new OptionValues(options(null)));
    }

    private static byte[] encode(FormatSpec spec, List<@Nullable Object> row) {
        Slice out = new Slice();
        Avro.FORMAT.encoder(spec).encodeMessage(Avro.batch(spec.schema(), List.of(row)), 0, out);
        return Arrays.copyOfRange(out.base(), out.offset(), out.offset() + out.length());
    }

    private static Schema schema(String fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\",\"fields\":["
                        + fields.replace('\'', '"') + "]}");
    }

    private static int register(String subject, Schema schema) {
        return registry().register(subject, new SchemaDefinition(Language.AVRO, schema.toString()));
    }

    private static byte[] framed(int id, byte[] datum) {
        return ByteBuffer.allocate(5 + datum.length)
                .put((byte) 0)
                .putInt(id)
                .put(datum)
                .array();
    }

    @Test
    void writesRegisterTheirSchemaAndReadBack() {
        FormatSpec spec = Avro.spec(options("plain-value"), COLUMNS);
        Avro.FORMAT.checkWriting(spec);
        byte[] message = encode(spec, List.of(7L, "seven"));
        int id = ByteBuffer.wrap(message, 1, 4).getInt();
        assertEquals(id, registry().latest("plain-value").orElseThrow().id());
        assertEquals(List.of(7L, "seven"), new Avro(Avro.spec(options(null), COLUMNS)).row(message));
        assertEquals(
                id, ByteBuffer.wrap(encode(spec, Arrays.asList(8L, null)), 1, 4).getInt());
    }

    @Test
    void recordsOfSeveralWritersAreResolvedToTheTable() {
        Schema first = schema("{'name':'id','type':'int'},{'name':'label','type':'string'}");
        Schema second = schema("{'name':'id','type':'long'},"
                + "{'name':'name','aliases':['label'],'type':['null','string'],'default':null},"
                + "{'name':'city','type':'string','default':'Brno'}");
        int old = register("evolving-value", first);
        int now = register("evolving-value", second);
        Avro table = new Avro(Avro.spec(
                options("evolving-value"),
                new Field("city", Scalar.TEXT),
                new Field("name", Scalar.TEXT),
                new Field("id", Scalar.BIGINT)));
        byte[] ofFirst = framed(
                old,
                Avro.datum(
                        first,
                        new GenericRecordBuilder(first)
                                .set("id", 1)
                                .set("label", "one")
                                .build()));
        byte[] ofSecond = framed(
                now,
                Avro.datum(
                        second,
                        new GenericRecordBuilder(second)
                                .set("id", 2L)
                                .set("name", null)
                                .set("city", "Praha")
                                .build()));
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of("Brno", "one", 1L), table.row(ofFirst));
            assertEquals(Arrays.asList("Praha", null, 2L), table.row(ofSecond));
        }
    }

    @Test
    void writesGoOnInTheTermsOfTheLatestSchema() {
        Schema latest = schema("{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},"
                + "{'name':'note','type':'string','default':'-'}");
        int before = register("terms-value", latest);
        Field at = new Field("at", Scalar.TIMESTAMP, false);
        FormatSpec same = Avro.spec(options("terms-value"), at);
        byte[] message = encode(same, List.of(1_234_000L));
        assertEquals(before, ByteBuffer.wrap(message, 1, 4).getInt());
        FormatSpec more = Avro.spec(options("terms-value"), at, new Field("added", Scalar.INT));
        Avro.FORMAT.checkWriting(more);
        byte[] second = encode(more, List.of(5_000L, 3));
        Schema evolved = new Schema.Parser()
                .parse(registry()
                        .latest("terms-value")
                        .orElseThrow()
                        .definition()
                        .text());
        assertEquals("shop.Order", evolved.getFullName());
        assertEquals(
                List.of("at", "note", "added"),
                evolved.getFields().stream().map(Schema.Field::name).toList());
        Avro table = new Avro(
                Avro.spec(options("terms-value"), at, new Field("note", Scalar.TEXT), new Field("added", Scalar.INT)));
        assertEquals(Arrays.asList(1_234_000L, "-", null), table.row(message));
        assertEquals(List.of(5_000L, "-", 3), table.row(second));
    }

    @Test
    void schemasThatDoNotFitAreRefusedBeforeTheJobStarts() {
        register("conflict-value", schema("{'name':'id','type':'string'}"));
        FormatSpec spec = Avro.spec(options("conflict-value"), new Field("id", Scalar.BIGINT, false));
        LaminarException refused = assertThrows(LaminarException.class, () -> Avro.FORMAT.checkWriting(spec));
        assertEquals(ErrorCode.SCHEMA_CONFLICT, refused.code(), refused.describe());
        assertTrue(refused.reason().contains("for subject 'conflict-value'"), refused.reason());
        LaminarException unreadable = assertThrows(
                LaminarException.class,
                () -> new Avro(Avro.spec(options("conflict-value"), new Field("id", Scalar.BIGINT))));
        assertEquals("column 'id' is BIGINT, and records have string there", unreadable.reason());
        LaminarException noSubject =
                assertThrows(LaminarException.class, () -> Avro.FORMAT.checkWriting(Avro.spec(options(null), COLUMNS)));
        assertEquals(ErrorCode.MISSING_OPTION, noSubject.code());
    }

    @Test
    void recordsWithoutAKnownSchemaAreBad() {
        Avro table = new Avro(Avro.spec(options(null), COLUMNS));
        assertTrue(table.refusal(framed(999_999, new byte[0]))
                .startsWith("LAM-5001 schema 999999: the registry has no schema with this id"));
        assertTrue(
                table.refusal(new byte[] {1, 0, 0, 0, 1, 2}).contains("starts with a zero byte, this one with 0x01"));
        assertTrue(table.refusal(new byte[] {0, 0, 0}).contains("ends within a value"));
        assertTrue(table.refusal(new byte[0]).contains("ends within a value"));
        int other = register("misfit-value", schema("{'name':'id','type':'string'}"));
        assertTrue(table.refusal(framed(other, new byte[] {0}))
                .startsWith("LAM-5001 schema " + other + ": column 'id' is BIGINT, and records have string there"));
        int json = registry()
                .register(
                        "json-value",
                        new SchemaDefinition(
                                Language.JSON,
                                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}"));
        assertTrue(table.refusal(framed(json, new byte[] {0})).contains("is JSON and not AVRO"));
    }

    @Test
    void schemasMayImportOthers() {
        Schema city = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"City\",\"namespace\":\"geo\",\"fields\":["
                        + "{\"name\":\"zip\",\"type\":\"string\"}]}");
        register("city-value", city);
        String text =
                "{\"type\":\"record\",\"name\":\"Person\",\"fields\":[{\"name\":\"home\",\"type\":\"geo.City\"}]}";
        int id = registry()
                .register(
                        "person-value",
                        new SchemaDefinition(Language.AVRO, text, List.of(new Reference("geo.City", "city-value", 1))));
        io.laminar.spi.type.DataType.StructType home =
                new io.laminar.spi.type.DataType.StructType(List.of(new Field("zip", Scalar.TEXT)));
        Avro table = new Avro(Avro.spec(options("person-value"), new Field("home", home)));
        assertEquals(List.of(List.of("602")), table.row(framed(id, new byte[] {6, '6', '0', '2'})));
    }

    @Test
    void rawDatumsMayTakeTheirSchemaFromTheRegistry() {
        register("raw-value", schema("{'name':'b','type':'string'},{'name':'a','type':'int'}"));
        Map<String, Object> options = options("raw-value");
        options.put("avro.confluent_schema_registry", false);
        options.put("avro.raw_datums", true);
        Avro table = new Avro(Avro.spec(options, new Field("a", Scalar.INT)));
        assertEquals(List.of(5), table.row(new byte[] {2, 'x', 10}));
    }

    @Test
    void columnsOfASubject() {
        RegistryClient registry = Registries.of(new OptionValues(options(null)));
        registry.register(
                "inferred-who",
                new SchemaDefinition(
                        Language.AVRO,
                        "{\"type\":\"record\",\"name\":\"Who\",\"fields\":[{\"name\":\"name\",\"type\":\"string\"}]}"));
        registry.register(
                "inferred-order",
                new SchemaDefinition(
                        Language.AVRO,
                        "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"who\",\"type\":\"Who\"}]}",
                        List.of(new Reference("Who", "inferred-who", 1))));
        OptionValues access = new OptionValues(Map.of("schema_registry.endpoint", server.endpoint()));
        Inference.Found found = Inference.subject(access, "inferred-order");
        assertEquals("avro", found.format());
        assertEquals("STRUCT<name TEXT>", found.schema().fields().get(0).type().sql());
        assertEquals(
                Map.of("avro.confluent_schema_registry", "true", "value.subject", "inferred-order"),
                found.schema().options());
        assertTrue(RegistryReader.installed().subjects(access).contains("inferred-who"));
        LaminarException missing =
                assertThrows(LaminarException.class, () -> Inference.subject(access, "no-such-subject"));
        assertEquals(ErrorCode.RESOURCE_NOT_FOUND, missing.code());
    }
}
