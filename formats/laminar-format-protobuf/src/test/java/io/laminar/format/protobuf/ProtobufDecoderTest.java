package io.laminar.format.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtobufDecoderTest {
    private static final String PROTO3 = "syntax = \"proto3\";\n";

    private static Descriptor type(String text) {
        return ProtobufSchemas.link(ProtoParser.parse("t.proto", text), name -> {
                    throw new AssertionError(name);
                })
                .findMessageTypeByName("M");
    }

    /** A message in the library's text form. */
    private static byte[] message(String text, String content) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type(text));
        try {
            TextFormat.merge(content, builder);
        } catch (TextFormat.ParseException invalid) {
            throw new AssertionError(invalid);
        }
        return builder.buildPartial().toByteArray();
    }

    private static @Nullable Object value(String field, DataType column, String content) {
        String text = PROTO3 + "message M { " + field + " v = 1; }";
        return Protobuf.of(text, new Field("v", column))
                .row(message(text, content))
                .get(0);
    }

    private static String refusal(String field, DataType column, String content) {
        String text = PROTO3 + "message M { " + field + " v = 1; }";
        return Protobuf.of(text, new Field("v", column)).refusal(message(text, content));
    }

    @Test
    void scalars() {
        assertEquals(true, value("bool", Scalar.BOOLEAN, "v: true"));
        assertEquals(-3, value("int32", Scalar.INT, "v: -3"));
        assertEquals(-3L, value("int32", Scalar.BIGINT, "v: -3"));
        assertEquals(-3, value("sint32", Scalar.INT, "v: -3"));
        assertEquals(Integer.MIN_VALUE, value("sint32", Scalar.INT, "v: -2147483648"));
        assertEquals(-3, value("sfixed32", Scalar.TINYINT, "v: -3"));
        assertEquals(4_294_967_295L, value("uint32", Scalar.BIGINT, "v: 4294967295"));
        assertEquals(4_294_967_295L, value("fixed32", Scalar.BIGINT, "v: 4294967295"));
        assertEquals(Long.MIN_VALUE, value("int64", Scalar.BIGINT, "v: -9223372036854775808"));
        assertEquals(Long.MIN_VALUE, value("sint64", Scalar.BIGINT, "v: -9223372036854775808"));
        assertEquals(7L, value("sfixed64", Scalar.BIGINT, "v: 7"));
        assertEquals(7, value("int64", Scalar.SMALLINT, "v: 7"));
        String most = "18446744073709551615";
        assertEquals(new BigDecimal(most), value("uint64", new Decimal(20, 0), "v: " + most));
        assertEquals(new BigDecimal(most), value("fixed64", new Decimal(20, 0), "v: " + most));
        assertEquals(new BigDecimal("5.00"), value("int32", new Decimal(9, 2), "v: 5"));
        assertEquals(1.5, value("float", Scalar.FLOAT, "v: 1.5"));
        assertEquals(1.5, value("float", Scalar.DOUBLE, "v: 1.5"));
        assertEquals(0.1, value("double", Scalar.DOUBLE, "v: 0.1"));
        assertEquals((double) 0.1f, value("double", Scalar.FLOAT, "v: 0.1"));
        assertEquals(3.0, value("int32", Scalar.DOUBLE, "v: 3"));
        assertEquals("žluť 🐎", value("string", Scalar.TEXT, "v: \"žluť 🐎\""));
        assertEquals(new BigDecimal("1.50"), value("string", new Decimal(9, 2), "v: \"1.5\""));
        assertTrue(Arrays.equals(new byte[] {1, -1}, (byte[]) value("bytes", Scalar.BYTES, "v: \"\\001\\377\"")));
        assertTrue(refusal("uint64", Scalar.BIGINT, "v: " + most).contains("out of range"));
        assertTrue(refusal("int32", Scalar.TINYINT, "v: 128").contains("out of range"));
        assertTrue(refusal("bytes", Scalar.TEXT, "v: \"\\377\"").contains("not UTF-8"));
        assertTrue(refusal("string", new Decimal(3, 2), "v: \"x\"").contains("no number that fits"));
    }

    @Test
    void whatDoesNotComeIsADefaultOrNull() {
        assertEquals(0L, value("int64", Scalar.BIGINT, ""));
        assertEquals("", value("string", Scalar.TEXT, ""));
        assertEquals(false, value("bool", Scalar.BOOLEAN, ""));
        assertEquals(null, value("optional int64", Scalar.BIGINT, ""));
        assertEquals(0L, value("optional int64", Scalar.BIGINT, "v: 0"));
        assertEquals(List.of(), value("repeated int64", new ListType(Scalar.BIGINT), ""));
        String proto2 = "message M { optional int32 a = 1 [default = 7]; optional int32 b = 2; required string c = 3;\n"
                + "optional E e = 4 [default = TWO]; enum E { ONE = 1; TWO = 2; } optional string s = 5 [default = \"x\"]; }";
        Protobuf table = Protobuf.of(
                proto2,
                new Field("a", Scalar.INT),
                new Field("b", Scalar.INT),
                new Field("c", Scalar.TEXT),
                new Field("e", Scalar.TEXT),
                new Field("s", Scalar.TEXT));
        assertEquals(Arrays.asList(7, null, null, "TWO", "x"), table.row(new byte[0]));
        Protobuf strict = Protobuf.of(proto2, new Field("b", Scalar.INT, false));
        assertTrue(
                strict.refusal(new byte[0]).startsWith("LAM-5006 column 'b' is NOT NULL but the record has no value"));
    }

    @Test
    void nestedMessagesListsAndMaps() {
        String text = PROTO3
                + "message M { Inner one = 1; repeated Inner many = 2; map<string, int64> m = 3; repeated sint32 packed = 4;"
                + "repeated sint32 loose = 5 [packed = false]; map<int32, Inner> by_id = 6; repeated string words = 7; }\n"
                + "message Inner { int32 a = 1; string b = 2; Deep d = 3; message Deep { repeated double x = 1; } }";
        StructType deep = new StructType(List.of(new Field("x", new ListType(Scalar.DOUBLE))));
        StructType inner =
                new StructType(List.of(new Field("d", deep), new Field("b", Scalar.TEXT), new Field("a", Scalar.INT)));
        Protobuf table = Protobuf.of(
                text,
                new Field("one", inner),
                new Field("many", new ListType(inner)),
                new Field("m", new MapType(Scalar.TEXT, Scalar.BIGINT)),
                new Field("packed", new ListType(Scalar.INT)),
                new Field("loose", new ListType(Scalar.BIGINT)),
                new Field("byId", new MapType(Scalar.INT, inner)),
                new Field("words", new ListType(Scalar.TEXT)));
        byte[] full = message(
                text,
                "one { a: 1 b: 'x' d { x: 1.5 x: 2.5 } } many { a: 2 } many { b: 'y' } m { key: 'k' value: 5 }"
                        + "m { key: 'k' value: 6 } m { value: 7 } packed: [1, -2] loose: [3, 4]"
                        + "by_id { key: 9 value { a: 3 } } words: 'a' words: ''");
        assertEquals(
                Arrays.asList(
                        List.of(List.of(List.of(1.5, 2.5)), "x", 1),
                        List.of(Arrays.asList(null, "", 2), Arrays.asList(null, "y", 0)),
                        Map.of("k", 6L, "", 7L),
                        List.of(1, -2),
                        List.of(3L, 4L),
                        Map.of(9, Arrays.asList(null, "", 3)),
                        List.of("a", "")),
                table.row(full));
        assertEquals(
                Arrays.asList(null, List.of(), Map.of(), List.of(), List.of(), Map.of(), List.of()),
                table.row(new byte[0]));
        // A message twice is merged, lists go on, of scalars the last one counts.
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(full);
        twice.writeBytes(message(text, "one { a: 8 d { x: 3 } } packed: 5 words: 'z' m { key: 'k' value: 1 }"));
        List<@Nullable Object> merged = table.row(twice.toByteArray());
        assertEquals(List.of(List.of(List.of(1.5, 2.5, 3.0)), "x", 8), merged.get(0));
        assertEquals(Map.of("k", 1L, "", 7L), merged.get(2));
        assertEquals(List.of(1, -2, 5), merged.get(3));
        assertEquals(List.of("a", "", "z"), merged.get(6));
        // Rows after one another do not see each other.
        assertEquals(
                List.of(List.of(List.of(1.5, 2.5)), "x", 1), table.row(full).get(0));
        for (int cut = 1; cut < full.length; cut++) {
            table.message(Arrays.copyOf(full, cut));
        }
        assertEquals(Map.of("k", 6L, "", 7L), table.row(full).get(2));
    }

    @Test
    void ofAOneofTheLastOneCounts() {
        String text =
                PROTO3 + "message M { oneof kind { int64 n = 1; string t = 2; I i = 3; } } message I { int32 a = 1; }";
        Protobuf table = Protobuf.of(
                text,
                new Field("n", Scalar.BIGINT),
                new Field("t", Scalar.TEXT),
                new Field("i", new StructType(List.of(new Field("a", Scalar.INT)))));
        byte[] n = message(text, "n: 0");
        byte[] t = message(text, "t: 'x'");
        byte[] i = message(text, "i { a: 5 }");
        assertEquals(Arrays.asList(0L, null, null), table.row(n));
        assertEquals(Arrays.asList(null, "x", null), table.row(joined(n, i, t)));
        assertEquals(Arrays.asList(null, null, List.of(5)), table.row(joined(t, n, i)));
        assertEquals(Arrays.asList(0L, null, null), table.row(joined(i, t, n)));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void enumsAreTheirNames() {
        String text = PROTO3 + "message M { E e = 1; repeated E es = 2; } enum E { option allow_alias = true; NONE = 0;"
                + " A = 1; B = 1; }";
        Protobuf table = Protobuf.of(text, new Field("e", Scalar.TEXT), new Field("es", new ListType(Scalar.INT)));
        assertEquals(List.of("A", List.of(0, 1)), table.row(message(text, "e: B es: NONE es: A")));
        assertEquals(List.of("NONE", List.of()), table.row(new byte[0]));
        assertEquals(List.of("77", List.of()), table.row(new byte[] {8, 77}));
        String closed = "message M { optional E e = 1 [default = A]; enum E { A = 1; B = 2; } }";
        Protobuf old = Protobuf.of(closed, new Field("e", Scalar.TEXT));
        assertEquals(List.of("A"), old.row(new byte[] {8, 77}));
        assertEquals(List.of("B"), old.row(new byte[] {8, 2, 8, 77}));
    }

    @Test
    void googlesTypes() {
        String text = PROTO3
                + "import \"google/protobuf/timestamp.proto\"; import \"google/protobuf/duration.proto\";"
                + "import \"google/protobuf/wrappers.proto\"; import \"google/protobuf/struct.proto\";"
                + "message M { google.protobuf.Timestamp at = 1; google.protobuf.Duration d = 2;"
                + "google.protobuf.Int64Value w = 3; google.protobuf.StringValue s = 4; google.protobuf.Struct j = 5;"
                + "repeated google.protobuf.Timestamp ats = 6; google.protobuf.Value any = 7; }";
        Protobuf table = Protobuf.of(
                text,
                new Field("at", Scalar.TIMESTAMP),
                new Field("d", Scalar.INTERVAL),
                new Field("w", Scalar.BIGINT),
                new Field("s", Scalar.TEXT),
                new Field("j", Scalar.JSON),
                new Field("ats", new ListType(Scalar.TIMESTAMPTZ)),
                new Field("any", Scalar.JSON));
        byte[] full = message(
                text,
                "at { seconds: -1 nanos: 999999999 } d { seconds: -2 nanos: -500000000 } w { value: 0 } s { }"
                        + "j { fields { key: 'a' value { list_value { values { number_value: 1 } values { bool_value: true }"
                        + "values { null_value: NULL_VALUE } values { string_value: 'q' } } } } } ats { } ats { seconds: 3 }"
                        + "any { number_value: 2.5 }");
        assertEquals(
                List.of(-1L, -2_500_000L, 0L, "", "{\"a\":[1.0,true,null,\"q\"]}", List.of(0L, 3_000_000L), "2.5"),
                table.row(full));
        assertEquals(Arrays.asList(null, null, null, null, null, List.of(), null), table.row(new byte[0]));
        assertTrue(Protobuf.of(text, new Field("at", Scalar.TIMESTAMP))
                .refusal(message(text, "at { seconds: 9223372036854775807 }"))
                .contains("a time is out of range"));
    }

    @Test
    void anythingMayBeJson() {
        String text = PROTO3 + "message M { I i = 1; repeated I list = 2; map<int32, bool> m = 3; uint64 u = 4;"
                + " string doc = 5; oneof o { E e = 6; bytes b = 7; } E f = 8; } message I { int32 a = 1; optional int32 b = 2; }"
                + " enum E { ZERO = 0; }";
        byte[] full = message(
                text,
                "i { a: 1 } list { b: 2 } list { } m { key: 1 value: true } u: 18446744073709551615 doc: '[1]' b: 'x'");
        Protobuf table = Protobuf.of(
                text,
                new Field("i", Scalar.JSON),
                new Field("list", Scalar.JSON),
                new Field("m", Scalar.JSON),
                new Field("u", Scalar.JSON),
                new Field("doc", Scalar.JSON));
        assertEquals(
                List.of(
                        "{\"a\":1,\"b\":null}",
                        "[{\"a\":0,\"b\":2},{\"a\":0,\"b\":null}]",
                        "{\"1\":true}",
                        "18446744073709551615",
                        "[1]"),
                table.row(full));
        Protobuf whole = new Protobuf(Protobuf.spec(
                Map.of("protobuf.schema", text, "protobuf.message", "M", "protobuf.into_unstructured_json", true),
                new Field("value", Scalar.JSON)));
        assertEquals(
                List.of("{\"i\":{\"a\":1,\"b\":null},\"list\":[{\"a\":0,\"b\":2},{\"a\":0,\"b\":null}],"
                        + "\"m\":{\"1\":true},\"u\":18446744073709551615,\"doc\":\"[1]\",\"e\":null,\"b\":\"eA==\","
                        + "\"f\":\"ZERO\"}"),
                whole.row(full));
        assertTrue(whole.refusal(Arrays.copyOf(full, full.length - 1)).contains("a message cannot be read"));
    }

    @Test
    void whatNobodyKnowsIsPassedOver() {
        String text = PROTO3 + "message M { int32 a = 1; }";
        Protobuf table = Protobuf.of(text, new Field("a", Scalar.INT));
        byte[] group = {0x13, 0x08, 5, 0x1b, 0x1c, 0x14};
        byte[] fixed = {0x1d, 1, 2, 3, 4, 0x21, 1, 2, 3, 4, 5, 6, 7, 8, 0x2a, 2, 9, 9};
        assertEquals(List.of(5), table.row(joined(fixed, new byte[] {8, 5}, group)));
        assertEquals(List.of(0), table.row(new byte[] {0x0a, 1, 7}), "a field of another wire type is unknown");
        assertTrue(table.refusal(new byte[] {0x13, 8, 5, 0x24}).contains("a group ends that has not begun"));
        assertTrue(table.refusal(new byte[] {0x0e}).contains("unknown wire type 6"));
        assertTrue(table.refusal(new byte[] {0x0c}).contains("unknown wire type 4"));
        assertTrue(table.refusal(new byte[] {0, 0}).contains("no valid number"));
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) 0x13);
        assertTrue(table.refusal(deep).contains("deeper than 100 levels"));
        byte[] huge = {0x2a, -1, -1, -1, -1, 7, 0};
        assertTrue(table.refusal(huge).contains("ends within a value"));
    }

    @Test
    void streamsHaveLengthsBetween() {
        String text = PROTO3 + "message M { int64 a = 1; string b = 2; }";
        Protobuf table = Protobuf.of(text, new Field("a", Scalar.BIGINT), new Field("b", Scalar.TEXT));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<List<Object>> wanted = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] one = message(text, "a: " + i + " b: '" + "x".repeat(i) + "'");
            all.writeBytes(
                    one.length < 128
                            ? new byte[] {(byte) one.length}
                            : new byte[] {(byte) (one.length | 0x80), (byte) (one.length >> 7)});
            all.writeBytes(one);
            wanted.add(List.of((long) i, "x".repeat(i)));
        }
        for (int piece : new int[] {1, 10, 1000, 1 << 20}) {
            assertEquals(wanted, table.stream(all.toByteArray(), piece));
        }
        // A record that is bad in itself is passed over.
        byte[] middle = joined(new byte[] {2, 8, 1, 2, 0x0e, 0, 2, 8, 3});
        assertEquals(List.of(List.of(1L, ""), List.of(3L, "")), table.stream(middle, 100));
        assertEquals(1, table.refused.size());
        LaminarException lost = assertThrows(LaminarException.class, () -> table.stream(new byte[] {9, 1}, 100));
        assertTrue(lost.reason().contains("cannot be read on after a bad length"), lost.reason());
    }

    @Test
    void whatDoesNotFitIsRefusedBeforehand(@TempDir Path folder) throws Exception {
        String text = PROTO3 + "message M { string name = 1; I i = 2; } message I { int32 a = 1; }";
        LaminarException type =
                assertThrows(LaminarException.class, () -> Protobuf.of(text, new Field("name", Scalar.INT)));
        assertEquals("column 'name' is INT, and field M.name is string", type.reason());
        assertEquals("declare it as TEXT", type.hint());
        LaminarException near =
                assertThrows(LaminarException.class, () -> Protobuf.of(text, new Field("nam", Scalar.TEXT, false)));
        assertEquals("did you mean 'name'?", near.hint());
        LaminarException message = assertThrows(
                LaminarException.class,
                () -> new Protobuf(Protobuf.spec(
                        Map.of("protobuf.schema", text, "protobuf.message", "N"), new Field("name", Scalar.TEXT))));
        assertEquals("there is no message 'N' in protobuf.schema", message.reason());
        LaminarException which = assertThrows(
                LaminarException.class,
                () -> new Protobuf(Protobuf.spec(Map.of("protobuf.schema", text), new Field("name", Scalar.TEXT))));
        assertEquals(ErrorCode.MISSING_OPTION, which.code());
        LaminarException missing = assertThrows(
                LaminarException.class,
                () -> new Protobuf(Protobuf.spec(
                        Map.of("protobuf.descriptor", folder.resolve("none").toString()), new Field("a", Scalar.INT))));
        assertEquals(ErrorCode.FILE_NOT_FOUND, missing.code());
        Path noSet = Files.writeString(folder.resolve("text"), text);
        LaminarException notOne = assertThrows(
                LaminarException.class,
                () -> new Protobuf(
                        Protobuf.spec(Map.of("protobuf.descriptor", noSet.toString()), new Field("a", Scalar.INT))));
        assertEquals(ErrorCode.FILE_UNREADABLE, notOne.code());
    }

    @Test
    void descriptorSetsMayHaveManyFiles(@TempDir Path folder) throws Exception {
        com.google.protobuf.DescriptorProtos.FileDescriptorSet set =
                com.google.protobuf.DescriptorProtos.FileDescriptorSet.newBuilder()
                        .addFile(ProtoParser.parse(
                                "main.proto",
                                PROTO3 + "package p; import \"part.proto\"; message M { q.Part part = 1; }"))
                        .addFile(ProtoParser.parse("part.proto", PROTO3 + "package q; message Part { int32 a = 1; }"))
                        .build();
        Path file = Files.write(folder.resolve("set.bin"), set.toByteArray());
        Protobuf table = new Protobuf(Protobuf.spec(
                Map.of("protobuf.descriptor", file.toString(), "protobuf.message", "p.M"),
                new Field("part", new StructType(List.of(new Field("a", Scalar.INT))))));
        assertEquals(List.of(List.of(5)), table.row(new byte[] {0x0a, 2, 8, 5}));
    }
}
