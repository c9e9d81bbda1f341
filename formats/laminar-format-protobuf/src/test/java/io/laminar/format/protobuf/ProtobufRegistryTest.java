package io.laminar.format.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.Reference;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.format.registry.RegistryClient;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.testing.server.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages with the id of their schema, against a real registry. */
class ProtobufRegistryTest {
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
        options.put("protobuf.confluent_schema_registry", true);
        options.put("schema_registry.endpoint", server.endpoint());
        if (subject != null) {
            options.put("value.subject", subject);
        }
        return options;
    }

    private static RegistryClient registry() {
        return Registries.of(new OptionValues(options(null)));
    }

    private static int register(String subject, String text, Reference... references) {
        return registry().register(subject, new SchemaDefinition(Language.PROTOBUF, text, List.of(references)));
    }

    private static byte[] framed(int id, int... rest) {
        ByteBuffer out = ByteBuffer.allocate(5 + rest.length).put((byte) 0).putInt(id);
        for (int value : rest) {
            out.put((byte) value);
        }
        return out.array();
    }

    @Test
    void writesRegisterTheTypeOfTheColumnsAndReadBack() {
        Field[] columns = {
            new Field("id", Scalar.BIGINT, false),
            new Field("name", Scalar.TEXT),
            new Field("at", Scalar.TIMESTAMP),
            new Field("tags", new DataType.MapType(Scalar.TEXT, Scalar.INT)),
            new Field("inner", new DataType.StructType(List.of(new Field("d", new DataType.Decimal(9, 2)))))
        };
        FormatSpec spec = Protobuf.spec(options("proto-plain-value"), columns);
        List<@Nullable Object> row =
                Arrays.asList(7L, null, -1L, Map.of("a", 1), List.of(new java.math.BigDecimal("1.50")));
        byte[] message = Protobuf.encode(spec, row);
        int id = ByteBuffer.wrap(message, 1, 4).getInt();
        assertEquals(id, registry().latest("proto-plain-value").orElseThrow().id());
        assertEquals(0, message[5], "the first message of the file");
        assertEquals(row, new Protobuf(Protobuf.spec(options(null), columns)).row(message));
        assertEquals(id, ByteBuffer.wrap(Protobuf.encode(spec, row), 1, 4).getInt());
    }

    @Test
    void recordsSayWhichMessageTheyAre() {
        int id = register(
                "proto-index-value",
                "syntax = \"proto3\"; message A { int32 a = 1; message B { int32 b = 1; } } message C { int32 c = 1; }");
        Protobuf table = new Protobuf(Protobuf.spec(
                options("proto-index-value"),
                new Field("a", Scalar.INT),
                new Field("b", Scalar.INT),
                new Field("c", Scalar.INT)));
        assertEquals(Arrays.asList(5, null, null), table.row(framed(id, 0, 8, 5)));
        assertEquals(Arrays.asList(5, null, null), table.row(framed(id, 2, 0, 8, 5)));
        assertEquals(Arrays.asList(null, 5, null), table.row(framed(id, 4, 0, 0, 8, 5)));
        assertEquals(Arrays.asList(null, null, 5), table.row(framed(id, 2, 2, 8, 5)));
        assertTrue(table.refusal(framed(id, 2, 8, 8, 5)).contains("message 4 of 2"));
        assertTrue(table.refusal(framed(id, 1, 8, 8, 5)).contains("by -1 indexes"));
        assertTrue(table.refusal(framed(999_999, 0)).contains("has no schema with this id"));
        assertTrue(table.refusal(new byte[] {8, 5}).contains("starts with a zero byte"));
        Map<String, Object> nested = options("proto-index-value");
        nested.put("protobuf.message", "B");
        byte[] written = Protobuf.encode(Protobuf.spec(nested, new Field("b", Scalar.INT)), List.of(9));
        assertTrue(Arrays.equals(framed(id, 4, 0, 0, 8, 9), written));
    }

    @Test
    void schemasMayImportOthers() {
        register("proto-part", "syntax = \"proto3\"; package q; message Part { int32 a = 1; }");
        int id = register(
                "proto-whole-value",
                "syntax = \"proto3\"; import \"part.proto\"; import \"google/protobuf/timestamp.proto\";"
                        + " message W { q.Part part = 1; google.protobuf.Timestamp at = 2; }",
                new Reference("part.proto", "proto-part", 1));
        Protobuf table = new Protobuf(Protobuf.spec(
                options("proto-whole-value"),
                new Field("part", new DataType.StructType(List.of(new Field("a", Scalar.INT)))),
                new Field("at", Scalar.TIMESTAMP)));
        assertEquals(List.of(List.of(5), 3_000_000L), table.row(framed(id, 0, 0x0a, 2, 8, 5, 0x12, 2, 8, 3)));
    }

    private static String latest(String subject) {
        return registry().latest(subject).orElseThrow().definition().text();
    }

    @Test
    void columnsWithoutAFieldAreAddedToTheLatestSchema() {
        String first = """
                syntax = "proto3";
                package shop;
                option java_package = "com.shop";
                message Other {}
                // What was ordered.
                message Order {
                  reserved 4, 6 to 8; // long gone
                  reserved "price";
                  int64 id = 1;
                  oneof who { string name = 2; int64 account = 5; }
                  message Line { int32 n = 1; }
                  repeated Line lines = 3;
                }
                """;
        int old = register("proto-evolving-value", first);
        Map<String, Object> options = options("proto-evolving-value");
        options.put("protobuf.message", "Order");
        Field id = new Field("id", Scalar.BIGINT, false);
        Field note = new Field("note", Scalar.TEXT);
        Field at = new Field("at", Scalar.TIMESTAMP);
        Field tags = new Field("tags", new DataType.ListType(Scalar.TEXT));
        Field codes = new Field("codes", new DataType.MapType(Scalar.TEXT, Scalar.INT));
        Field place = new Field("place", new DataType.StructType(List.of(new Field("zip", Scalar.TEXT))));
        assertEquals(
                old,
                ByteBuffer.wrap(Protobuf.encode(Protobuf.spec(options, id), List.of(1L)), 1, 4)
                        .getInt());
        FormatSpec more = Protobuf.spec(options, note, id, at, tags, codes, place);
        List<@Nullable Object> row =
                Arrays.asList("n", 7L, 1_500_000L, List.of("a", "b"), Map.of("x", 1), List.of("602"));
        byte[] message = Protobuf.encode(more, row);
        String text = latest("proto-evolving-value");
        assertTrue(text.startsWith(first.substring(0, first.lastIndexOf('}'))), text);
        assertTrue(text.contains("  optional string note = 9;\n"), text);
        assertTrue(text.contains("at = 10;") && text.contains("import \"google/protobuf/timestamp.proto\";"), text);
        Protobuf table = new Protobuf(more);
        assertEquals(row, table.row(message));
        assertEquals(Arrays.asList(null, 9L, null, null, null, null), table.row(framed(old, 2, 2, 8, 9)));
        int now = ByteBuffer.wrap(message, 1, 4).getInt();
        assertEquals(
                now, registry().latest("proto-evolving-value").orElseThrow().id());
        assertEquals(
                now,
                ByteBuffer.wrap(Protobuf.encode(more, row), 1, 4).getInt(),
                "who finds the fields there adds none");
        FormatSpec gone = Protobuf.spec(options, id, new Field("price", Scalar.INT));
        LaminarException refused = assertThrows(LaminarException.class, () -> Protobuf.FORMAT.checkWriting(gone));
        assertEquals(ErrorCode.INVALID_SCHEMA, refused.code());
        assertTrue(refused.reason().contains("message shop.Order reserves the name 'price'"), refused.describe());
    }

    @Test
    void fieldsAreAddedToNestedMessagesOfProto2WithWhatTheyImport() {
        register("proto-known", "syntax = \"proto3\"; package q; message Known { int32 a = 1; }");
        String first = "import 'known.proto'; message Out { message In { required int32 b = 1; optional q.Known k = 2;"
                + " extensions 3 to 18999; } }";
        register("proto-nested-value", first, new Reference("known.proto", "proto-known", 1));
        Map<String, Object> options = options("proto-nested-value");
        options.put("protobuf.message", "In");
        FormatSpec more =
                Protobuf.spec(options, new Field("b", Scalar.INT, false), new Field("added", Scalar.INT, false));
        byte[] message = Protobuf.encode(more, List.of(1, 2));
        assertTrue(
                latest("proto-nested-value").contains("optional int32 added = 20000;"), latest("proto-nested-value"));
        assertEquals(List.of(1, 2), new Protobuf(more).row(message));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        register("proto-other-value", "syntax = \"proto3\"; message M { string a = 1; }");
        LaminarException refused = assertThrows(
                LaminarException.class,
                () -> Protobuf.FORMAT.checkWriting(
                        Protobuf.spec(options("proto-other-value"), new Field("a", Scalar.INT))));
        assertEquals(ErrorCode.INVALID_SCHEMA, refused.code());
        Map<String, Object> declared = options("proto-other-value");
        declared.put("protobuf.schema", "syntax = \"proto3\"; message M { int32 a = 1; }");
        LaminarException conflict = assertThrows(
                LaminarException.class,
                () -> Protobuf.FORMAT.checkWriting(Protobuf.spec(declared, new Field("a", Scalar.INT))));
        assertEquals(ErrorCode.SCHEMA_CONFLICT, conflict.code(), conflict.describe());
    }
}
