package io.laminar.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroDecoderTest {

    private static Schema parse(String fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields.replace('\'', '"') + "]}");
    }

    private static byte[] record(Schema schema, @Nullable Object... values) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        return Avro.datum(schema, record);
    }

    /** The value of the only column of a record with one field. */
    private static @Nullable Object value(String type, DataType column, @Nullable Object value) {
        Schema schema = parse("{'name':'v','type':" + type + "}");
        return Avro.raw(schema, new Field("v", column))
                .row(record(schema, value))
                .get(0);
    }

    private static String refusal(String type, DataType column, @Nullable Object value) {
        Schema schema = parse("{'name':'v','type':" + type + "}");
        return Avro.raw(schema, new Field("v", column)).refusal(record(schema, value));
    }

    private static LaminarException mismatch(String type, DataType column) {
        Schema schema = parse("{'name':'v','type':" + type + "}");
        return assertThrows(LaminarException.class, () -> Avro.raw(schema, new Field("v", column)));
    }

    @Test
    void typesWithoutParts() {
        assertEquals(true, value("'boolean'", Scalar.BOOLEAN, true));
        assertEquals(-3, value("'int'", Scalar.INT, -3));
        assertEquals(Integer.MIN_VALUE, value("'int'", Scalar.INT, Integer.MIN_VALUE));
        assertEquals(Long.MIN_VALUE, value("'long'", Scalar.BIGINT, Long.MIN_VALUE));
        assertEquals(Long.MAX_VALUE, value("'long'", Scalar.BIGINT, Long.MAX_VALUE));
        assertEquals(1.5, value("'float'", Scalar.FLOAT, 1.5f));
        assertEquals(-0.1, value("'double'", Scalar.DOUBLE, -0.1));
        assertEquals("žluťoučký 🐎", value("'string'", Scalar.TEXT, "žluťoučký 🐎"));
        assertEquals("", value("'string'", Scalar.TEXT, ""));
        byte[] bytes = {0, -1, 7};
        assertTrue(Arrays.equals(bytes, (byte[]) value("'bytes'", Scalar.BYTES, ByteBuffer.wrap(bytes))));
        Schema enumeration = new Schema.Parser().parse("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}");
        assertEquals("B", value(quoted(enumeration), Scalar.TEXT, new GenericData.EnumSymbol(enumeration, "B")));
        Schema fixed = new Schema.Parser().parse("{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}");
        assertTrue(
                Arrays.equals(bytes, (byte[]) value(quoted(fixed), Scalar.BYTES, new GenericData.Fixed(fixed, bytes))));
    }

    private static String quoted(Schema schema) {
        return schema.toString().replace('"', '\'');
    }

    @Test
    void promotionsAndChecksOfRange() {
        assertEquals(7L, value("'int'", Scalar.BIGINT, 7));
        assertEquals(7.0, value("'int'", Scalar.DOUBLE, 7));
        assertEquals(7.0, value("'long'", Scalar.FLOAT, 7L));
        assertEquals(1.5, value("'float'", Scalar.DOUBLE, 1.5f));
        assertEquals((double) 0.1f, value("'double'", Scalar.FLOAT, 0.1));
        assertEquals("abc", value("'bytes'", Scalar.TEXT, ByteBuffer.wrap("abc".getBytes(StandardCharsets.UTF_8))));
        assertEquals(new BigDecimal("7.00"), value("'int'", new Decimal(9, 2), 7));
        assertEquals(
                new BigDecimal("-9000000000000000000.0"), value("'long'", new Decimal(20, 1), -9000000000000000000L));
        assertEquals(-128, value("'long'", Scalar.TINYINT, -128L));
        assertTrue(refusal("'long'", Scalar.TINYINT, 128L).contains("out of range"));
        assertTrue(refusal("'long'", Scalar.INT, 1L << 31).contains("out of range"));
        assertTrue(refusal("'int'", new Decimal(3, 2), 10).contains("out of range"));
        assertTrue(refusal("'bytes'", Scalar.TEXT, ByteBuffer.wrap(new byte[] {-1}))
                .contains("not UTF-8"));
        LaminarException refused = mismatch("'string'", Scalar.INT);
        assertEquals(ErrorCode.INVALID_SCHEMA, refused.code());
        assertEquals("column 'v' is INT, and records have string there", refused.reason());
        assertEquals("declare it as TEXT", refused.hint());
    }

    @Test
    void logicalTypes() {
        assertEquals(19_000, value("{'type':'int','logicalType':'date'}", Scalar.DATE, 19_000));
        assertEquals(1_234_000L, value("{'type':'int','logicalType':'time-millis'}", Scalar.TIME, 1234));
        assertEquals(1234L, value("{'type':'long','logicalType':'time-micros'}", Scalar.TIME, 1234L));
        assertTrue(refusal("{'type':'long','logicalType':'time-micros'}", Scalar.TIME, 86_400_000_000L)
                .contains("out of range"));
        for (String local : List.of("", "local-")) {
            String type = "{'type':'long','logicalType':'" + local + "timestamp-";
            assertEquals(-5_000L, value(type + "millis'}", Scalar.TIMESTAMP, -5L));
            assertEquals(-5L, value(type + "micros'}", Scalar.TIMESTAMPTZ, -5L));
            assertEquals(-1L, value(type + "nanos'}", Scalar.TIMESTAMP, -5L));
        }
        assertTrue(refusal("{'type':'long','logicalType':'timestamp-millis'}", Scalar.TIMESTAMP, Long.MAX_VALUE)
                .contains("out of range"));
        assertEquals(5L, value("{'type':'long','logicalType':'timestamp-millis'}", Scalar.BIGINT, 5L));
        assertEquals(
                "declare it as BIGINT", mismatch("'long'", Scalar.TIMESTAMP).hint());
        String decimal = "{'type':'bytes','logicalType':'decimal','precision':20,'scale':3}";
        ByteBuffer value =
                ByteBuffer.wrap(new BigDecimal("-12345.678").unscaledValue().toByteArray());
        assertEquals(new BigDecimal("-12345.678"), value(decimal, new Decimal(20, 3), value.duplicate()));
        assertEquals(new BigDecimal("-12345.678"), value(decimal, new Decimal(10, 3), value.duplicate()));
        assertEquals(new BigDecimal("-12345.68"), value(decimal, new Decimal(7, 2), value.duplicate()));
        assertTrue(refusal(decimal, new Decimal(6, 2), value.duplicate()).contains("out of range"));
        assertTrue(refusal(decimal, new Decimal(7, 3), value.duplicate()).contains("out of range"));
        Schema fixed =
                new Schema.Parser().parse("{\"type\":\"fixed\",\"name\":\"F\",\"size\":16,\"logicalType\":\"uuid\"}");
        byte[] uuid = java.util.HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
        assertEquals(
                "00112233-4455-6677-8899-aabbccddeeff",
                value(quoted(fixed), Scalar.TEXT, new GenericData.Fixed(fixed, uuid)));
        assertEquals("x", value("{'type':'string','logicalType':'uuid'}", Scalar.TEXT, "x"));
        Schema duration = new Schema.Parser()
                .parse("{\"type\":\"fixed\",\"name\":\"D\",\"size\":12,\"logicalType\":\"duration\"}");
        byte[] span = {0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0};
        assertEquals(86_400_002_000L, value(quoted(duration), Scalar.INTERVAL, new GenericData.Fixed(duration, span)));
        span[0] = 3;
        assertTrue(refusal(quoted(duration), Scalar.INTERVAL, new GenericData.Fixed(duration, span))
                .contains("has months"));
    }

    @Test
    void nullsAndUnions() {
        assertEquals(null, value("['null','long']", Scalar.BIGINT, null));
        assertEquals(3L, value("['null','long']", Scalar.BIGINT, 3L));
        assertEquals(3L, value("['long','null']", Scalar.BIGINT, 3L));
        assertEquals(null, value("['long','null']", Scalar.BIGINT, null));
        assertEquals(null, value("'null'", Scalar.TEXT, null));
        assertEquals(3L, value("['null','string','int','long']", Scalar.BIGINT, 3));
        assertEquals(4L, value("['null','string','int','long']", Scalar.BIGINT, 4L));
        assertTrue(refusal("['null','string','int','long']", Scalar.BIGINT, "x")
                .startsWith("LAM-5001 column 'v' is BIGINT, and records have string there"));
        Schema schema = parse("{'name':'v','type':['null','long']}");
        Avro required = Avro.raw(schema, new Field("v", Scalar.BIGINT, false));
        assertTrue(required.refusal(record(schema, new Object[] {null}))
                .startsWith("LAM-5006 column 'v' is NOT NULL but the record has null"));
        assertEquals(List.of(9L), required.row(record(schema, 9L)));
        assertTrue(required.refusal(new byte[] {4, 0}).contains("a union has no branch 2; it has 2"));
    }

    @Test
    void nestedTypes() {
        Schema schema = parse("{'name':'s','type':['null',{'type':'record','name':'S','fields':["
                + "{'name':'a','type':'int'},{'name':'unused','type':'string'},{'name':'b','type':['null','string']}]}]},"
                + "{'name':'l','type':{'type':'array','items':['null','long']}},"
                + "{'name':'m','type':{'type':'map','values':{'type':'array','items':'string'}}}");
        StructType struct = new StructType(List.of(new Field("b", Scalar.TEXT), new Field("A", Scalar.INT)));
        Avro table = Avro.raw(
                schema,
                new Field("s", struct),
                new Field("l", new ListType(Scalar.BIGINT)),
                new Field("m", new MapType(Scalar.TEXT, new ListType(Scalar.TEXT))));
        Schema inner = schema.getField("s").schema().getTypes().get(1);
        GenericRecord s = new GenericRecordBuilder(inner)
                .set("a", 5)
                .set("unused", "zzz")
                .set("b", "bb")
                .build();
        List<@Nullable Object> list = new ArrayList<>(Arrays.asList(1L, null, 3L));
        Map<String, Object> map = Map.of("k", List.of("x", "y"));
        assertEquals(Arrays.asList(List.of("bb", 5), list, map), table.row(record(schema, s, list, map)));
        assertEquals(Arrays.asList(null, List.of(), Map.of()), table.row(record(schema, null, List.of(), Map.of())));
    }

    @Test
    void ofKeysThatRepeatTheLastOneCounts() {
        Schema schema = parse("{'name':'m','type':{'type':'map','values':'int'}}");
        Avro table = Avro.raw(schema, new Field("m", new MapType(Scalar.TEXT, Scalar.INT)));
        byte[] twice = {6, 2, 'a', 2, 2, 'b', 4, 2, 'a', 6, 0};
        assertEquals(List.of(Map.of("b", 2, "a", 3)), table.row(twice));
        byte[] many = new byte[2 + 40 * 3 + 1];
        many[0] = 40 * 2;
        for (int i = 0; i < 40; i++) {
            many[1 + i * 3] = 2;
            many[2 + i * 3] = (byte) ('a' + i % 20);
            many[3 + i * 3] = (byte) (i * 2);
        }
        Map<?, ?> read = (Map<?, ?>) table.row(Arrays.copyOf(many, 2 + 40 * 3)).get(0);
        assertEquals(20, read.size());
        assertEquals(20, read.get("a"));
        assertEquals(39, read.get("t"));
    }

    @Test
    void mapsWithOtherKeysAreArraysOfEntries() {
        Schema schema = parse("{'name':'m','type':{'type':'array','items':{'type':'record','name':'Entry','fields':["
                + "{'name':'key','type':'long'},{'name':'value','type':['null','string']}]}}}");
        Schema entry = schema.getField("m").schema().getElementType();
        GenericRecord first =
                new GenericRecordBuilder(entry).set("key", 1L).set("value", "x").build();
        GenericRecord second = new GenericRecordBuilder(entry)
                .set("key", 2L)
                .set("value", null)
                .build();
        Map<@Nullable Object, @Nullable Object> wanted = new java.util.HashMap<>();
        wanted.put(1L, "x");
        wanted.put(2L, null);
        Avro table = Avro.raw(schema, new Field("m", new MapType(Scalar.BIGINT, Scalar.TEXT)));
        assertEquals(List.of(wanted), table.row(record(schema, List.of(first, second))));
    }

    @Test
    void columnsBindByNameThenCaseThenAlias() {
        Schema schema = parse("{'name':'ID','type':'long'},{'name':'newer','aliases':['older'],'type':'string'}");
        Avro table = Avro.raw(schema, new Field("older", Scalar.TEXT), new Field("id", Scalar.BIGINT));
        assertEquals(List.of("x", 1L), table.row(record(schema, 1L, "x")));
        LaminarException missing =
                assertThrows(LaminarException.class, () -> Avro.raw(schema, new Field("iid", Scalar.BIGINT, false)));
        assertEquals("column 'iid' is NOT NULL, and records have no such field; they have ID, newer", missing.reason());
        assertEquals("did you mean 'ID'?", missing.hint());
    }

    @Test
    void aReadersSchemaHasDefaultsAndAliases() {
        Schema writer = parse("{'name':'a','type':'int'},{'name':'was','type':'string'}");
        Schema reader = parse("{'name':'b','type':'string','default':'none'},"
                + "{'name':'now','aliases':['was'],'type':'string'},"
                + "{'name':'l','type':{'type':'array','items':'int'},'default':[1,2]},{'name':'a','type':'long'}");
        io.laminar.spi.format.FormatSpec spec = Avro.spec(
                Map.of(),
                new Field("a", Scalar.BIGINT),
                new Field("b", Scalar.TEXT, false),
                new Field("now", Scalar.TEXT),
                new Field("l", new ListType(Scalar.INT)),
                new Field("absent", Scalar.INT));
        DatumReader plan = DatumReader.of(writer, reader, spec);
        io.laminar.spi.batch.BatchBuilder out = new io.laminar.spi.batch.BatchBuilder(spec.projected(), 4);
        for (int i = 0; i < 3; i++) {
            byte[] datum = record(writer, i, "w" + i);
            assertEquals(datum.length, plan.read(datum, 0, datum.length, out));
        }
        List<List<@Nullable Object>> rows = Avro.rows(spec.projected(), out.build());
        assertEquals(Arrays.asList(2L, "none", "w2", List.of(1, 2), null), rows.get(2));
    }

    @Test
    void onlyWhatIsReadIsDecoded() {
        Schema schema = parse("{'name':'a','type':['null',{'type':'map','values':'double'}]},"
                + "{'name':'b','type':{'type':'array','items':{'type':'record','name':'Node','fields':["
                + "{'name':'next','type':['null','Node']},{'name':'f','type':'float'}]}}},"
                + "{'name':'c','type':'int'},{'name':'d','type':{'type':'fixed','name':'F','size':4}}");
        Schema node = schema.getField("b").schema().getElementType();
        GenericRecord leaf =
                new GenericRecordBuilder(node).set("next", null).set("f", 1f).build();
        GenericRecord root =
                new GenericRecordBuilder(node).set("next", leaf).set("f", 2f).build();
        byte[] datum = record(
                schema,
                Map.of("k", 1.0),
                List.of(root, leaf),
                42,
                new GenericData.Fixed(schema.getField("d").schema(), new byte[4]));
        Avro table = Avro.raw(schema, new Field("c", Scalar.INT));
        assertEquals(List.of(42), table.row(datum));
        for (int cut = 0; cut < datum.length; cut++) {
            assertTrue(table.refusal(Arrays.copyOf(datum, cut)).contains("ends within a value"), "cut at " + cut);
        }
        io.laminar.spi.type.Schema columns = io.laminar.spi.type.Schema.of(new Field("c", Scalar.INT));
        Avro none = new Avro(
                Avro.spec(Map.of("avro.raw_datums", true, "avro.schema", schema.toString()), columns, List.of()));
        assertEquals(1, none.message(datum).size());
    }

    @Test
    void intoUnstructuredJson() {
        Schema schema = parse("{'name':'i','type':'int'},{'name':'u','type':['null','string','double']},"
                + "{'name':'b','type':'bytes'},{'name':'t','type':{'type':'long','logicalType':'timestamp-millis'}},"
                + "{'name':'m','type':{'type':'map','values':{'type':'array','items':'boolean'}}},"
                + "{'name':'d','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}}");
        Avro table = new Avro(Avro.spec(
                Map.of("avro.raw_datums", true, "avro.schema", schema.toString(), "avro.into_unstructured_json", true),
                new Field("value", Scalar.JSON)));
        byte[] datum = record(
                schema,
                1,
                "a\"b",
                ByteBuffer.wrap(new byte[] {1, 2}),
                1_000L,
                Map.of("k", List.of(true, false)),
                ByteBuffer.wrap(new byte[] {1, 0}));
        assertEquals(
                List.of("{\"i\":1,\"u\":\"a\\\"b\",\"b\":\"AQI=\",\"t\":\"1970-01-01T00:00:01Z\","
                        + "\"m\":{\"k\":[true,false]},\"d\":2.56}"),
                table.row(datum));
    }

    @Test
    void columnsOfTypeJson() {
        assertEquals("{\"a\": 1}", value("'string'", Scalar.JSON, "{\"a\": 1}"));
        assertTrue(refusal("'string'", Scalar.JSON, "{").contains("no JSON document"));
        assertEquals("[1,2]", value("{'type':'array','items':'int'}", Scalar.JSON, List.of(1, 2)));
        assertEquals("\"x\"", value("['null','string','int']", Scalar.JSON, "x"));
        assertEquals("7", value("['null','string','int']", Scalar.JSON, 7));
        assertEquals(null, value("['null','string','int']", Scalar.JSON, null));
    }

    @Test
    void claimedLengthsAreNotBelieved() {
        Schema text = parse("{'name':'v','type':'string'}");
        byte[] gigabyte = {-128, -128, -128, -128, 8, 'x'};
        assertTrue(Avro.raw(text, new Field("v", Scalar.TEXT)).refusal(gigabyte).contains("ends within a value"));
        assertTrue(Avro.raw(text, new Field("v", Scalar.TEXT))
                .refusal(new byte[] {1})
                .contains("a length is negative"));
        Schema nulls = parse("{'name':'v','type':{'type':'array','items':'null'}}");
        byte[] billions = {-2, -1, -1, -1, -1, -1, -1, -1, 127, 0};
        assertTrue(Avro.raw(nulls, new Field("v", new ListType(Scalar.INT)))
                .refusal(billions)
                .contains("items without content"));
        Schema longs = parse("{'name':'v','type':{'type':'array','items':'long'}}");
        assertTrue(Avro.raw(longs, new Field("v", new ListType(Scalar.BIGINT)))
                .refusal(billions)
                .contains("ends within a value"));
        assertTrue(Avro.raw(longs, new Field("other", Scalar.INT))
                .refusal(billions)
                .contains("ends within"));
        assertTrue(Avro.raw(nulls, new Field("other", Scalar.INT))
                .refusal(billions)
                .contains("without content"));
        byte[] eleven = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        Schema one = parse("{'name':'v','type':'long'}");
        assertTrue(Avro.raw(one, new Field("v", Scalar.BIGINT)).refusal(eleven).contains("more than ten bytes"));
        byte[] wide = {-1, -1, -1, -1, -1, 1};
        Schema narrow = parse("{'name':'v','type':'int'}");
        assertTrue(Avro.raw(narrow, new Field("v", Scalar.INT)).refusal(wide).contains("more than 32 bits"));
    }

    @Test
    void nestingHasALimit() {
        Schema schema = parse("{'name':'n','type':['null','R']},{'name':'i','type':'int'}");
        byte[] deep = new byte[20_000];
        Arrays.fill(deep, (byte) 2);
        Avro skipping = Avro.raw(schema, new Field("i", Scalar.INT));
        assertTrue(skipping.refusal(deep).contains("deeper than 1000 levels"));
        assertEquals(List.of(4), skipping.row(new byte[] {2, 0, 6, 8}));
        Avro rendering = new Avro(Avro.spec(
                Map.of("avro.raw_datums", true, "avro.schema", schema.toString(), "avro.into_unstructured_json", true),
                new Field("value", Scalar.JSON)));
        assertTrue(rendering.refusal(deep).contains("deeper than 1000 levels"));
        assertEquals(List.of("{\"n\":{\"n\":null,\"i\":3},\"i\":4}"), rendering.row(new byte[] {2, 0, 6, 8}));
    }

    @Test
    void bytesThatFollowAreRefused() {
        Schema schema = parse("{'name':'v','type':'int'}");
        assertTrue(Avro.raw(schema, new Field("v", Scalar.INT))
                .refusal(new byte[] {2, 2})
                .startsWith("LAM-5001 1 bytes follow the record (at byte 1 of the record)"));
    }

    @Test
    void streamsOfDatumsComeInPieces() {
        Schema schema = parse("{'name':'s','type':'string'},{'name':'i','type':'long'}");
        Avro table = Avro.raw(schema, new Field("i", Scalar.BIGINT), new Field("s", Scalar.TEXT));
        List<List<Object>> wanted = new ArrayList<>();
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (long i = 0; i < 300; i++) {
            String text = "x".repeat((int) i);
            wanted.add(List.of(i * i * i, text));
            all.writeBytes(record(schema, text, i * i * i));
        }
        for (int piece : new int[] {1, 7, 1000, 1 << 20}) {
            assertEquals(wanted, table.stream(all.toByteArray(), piece), "pieces of " + piece);
        }
        byte[] damaged = all.toByteArray();
        damaged[0] = 1;
        LaminarException lost = assertThrows(LaminarException.class, () -> table.stream(damaged, 1 << 20));
        assertTrue(lost.reason().contains("cannot be read after a bad one: a length is negative"), lost.reason());
        assertEquals(1, table.refused.size());
    }

    @Test
    void datumsThatAreNoRecords() {
        Avro single = Avro.raw("\"string\"", new Field("word", Scalar.TEXT));
        assertEquals(List.of("hi"), single.row(new byte[] {4, 'h', 'i'}));
        LaminarException two = assertThrows(
                LaminarException.class,
                () -> Avro.raw("\"string\"", new Field("a", Scalar.TEXT), new Field("b", Scalar.TEXT)));
        assertTrue(two.reason().contains("of type string and not of type record"), two.reason());
        String union = "[\"null\",{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]},"
                + "{\"type\":\"record\",\"name\":\"B\",\"fields\":[{\"name\":\"y\",\"type\":\"int\"}]}]";
        Avro either = Avro.raw(union, new Field("x", Scalar.INT), new Field("y", Scalar.INT));
        assertEquals(Arrays.asList(5, null), either.row(new byte[] {2, 10}));
        assertEquals(Arrays.asList(null, 5), either.row(new byte[] {4, 10}));
        assertTrue(either.refusal(new byte[] {0}).contains("the record is null"));
    }

    @Test
    void schemasThatCannotBeReadAreRefused() {
        LaminarException broken = assertThrows(LaminarException.class, () -> Avro.raw("{", new Field("a", Scalar.INT)));
        assertEquals(ErrorCode.INVALID_OPTION, broken.code());
        LaminarException both = assertThrows(
                LaminarException.class,
                () -> new Avro(Avro.spec(
                        Map.of("avro.raw_datums", true, "avro.confluent_schema_registry", true),
                        new Field("a", Scalar.INT))));
        assertTrue(both.reason().contains("contradict"), both.reason());
    }
}
