package io.laminar.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonDecoderTest {
    private static final DataType GEO =
            new DataType.StructType(List.of(new Field("lat", Scalar.DOUBLE), new Field("lon", Scalar.DOUBLE)));

    @Test
    void readsColumnsByNameInAnyOrderAndLeavesTheRest() {
        Json json = Json.of(new Field("a", Scalar.BIGINT), new Field("b", Scalar.TEXT));
        assertEquals(
                List.of(List.of(1L, "x"), List.of(2L, "y"), Arrays.asList(3L, null), Arrays.asList(null, "z")),
                json.lines("""
                        {"a":1,"b":"x"}
                        { "b" : "y" , "skip" : {"deep":[1,{"x":"}"}]}, "a" : 2 }\r

                        {"c":[],"a":3}
                           \t
                        {"b":"z"}
                        """));
        assertTrue(json.refused.isEmpty());
    }

    @Test
    void readsProjectedColumnsInTheOrderAsked() {
        Schema schema =
                Schema.of(new Field("a", Scalar.BIGINT), new Field("b", Scalar.BIGINT), new Field("c", Scalar.BIGINT));
        assertEquals(
                List.of(List.of(3L, 1L)), new Json(schema, List.of(2, 0), Map.of()).lines("{\"a\":1,\"b\":2,\"c\":3}"));
        assertEquals(
                List.of(List.of(), List.of()),
                new Json(schema, List.of(), Map.of()).lines("{\"a\":1}\n{\"b\":\"anything\"}"));
    }

    @Test
    void predictsKeysButNeverTrustsThePrediction() {
        Json json = Json.of(new Field("a", Scalar.BIGINT), new Field("ab", Scalar.BIGINT));
        assertEquals(
                List.of(List.of(1L, 2L), List.of(4L, 3L), Arrays.asList(5L, null), Arrays.asList(null, 6L)),
                json.lines("{\"a\":1,\"ab\":2}\n{\"ab\":3,\"a\":4}\n{\"a\":5}\n{\"ab\":6,\"abc\":7}"));
    }

    @Test
    void exactNameWinsOverLetterCaseAndTheLastDuplicateOverTheFirst() {
        Json json = Json.of("Id", Scalar.BIGINT);
        assertEquals(1L, json.value("{\"ID\":1}"));
        assertEquals(2L, json.value("{\"ID\":1,\"Id\":2}"));
        assertEquals(2L, json.value("{\"Id\":2,\"ID\":1}"));
        assertEquals(3L, json.value("{\"ID\":1,\"id\":3}"));
        assertEquals(5L, json.value("{\"Id\":4,\"Id\":5}"));
        assertEquals(null, json.value("{\"Id\":4,\"Id\":null}"));
        assertEquals("it's there", json.lines("{\"I\\u0064\":6}").get(0).get(0).equals(6L) ? "it's there" : "missing");
        Json two = Json.of(new Field("x", Scalar.BIGINT), new Field("X", Scalar.BIGINT));
        assertEquals(List.of(List.of(1L, 2L)), two.lines("{\"x\":1,\"X\":2}"));
    }

    @Test
    void readsEveryType() {
        Map<DataType, List<Object>> cases = Map.ofEntries(
                Map.entry(Scalar.BOOLEAN, List.of("true", true)),
                Map.entry(Scalar.TINYINT, List.of("-128", -128)),
                Map.entry(Scalar.SMALLINT, List.of("32767", 32767)),
                Map.entry(Scalar.INT, List.of("-2147483648", Integer.MIN_VALUE)),
                Map.entry(Scalar.BIGINT, List.of("-9223372036854775808", Long.MIN_VALUE)),
                Map.entry(Scalar.FLOAT, List.of("0.1", (double) 0.1f)),
                Map.entry(Scalar.DOUBLE, List.of("-1.7976931348623157e308", -Double.MAX_VALUE)),
                Map.entry(Scalar.TEXT, List.of("\"grüße\"", "grüße")),
                Map.entry(Scalar.BYTES, List.of("\"AQID\"", new byte[] {1, 2, 3})),
                Map.entry(Scalar.DATE, List.of("\"1970-02-01\"", 31)),
                Map.entry(Scalar.TIME, List.of("\"00:00:01.5\"", 1_500_000L)),
                Map.entry(Scalar.TIMESTAMP, List.of("\"1970-01-01T01:00:00+01:00\"", 0L)),
                Map.entry(Scalar.TIMESTAMPTZ, List.of("\"1970-01-01 00:00:00.000001\"", 1L)),
                Map.entry(Scalar.INTERVAL, List.of("\"1 day\"", 86_400_000_000L)),
                Map.entry(Scalar.JSON, List.of("{\"a\": [1, null]}", "{\"a\": [1, null]}")),
                Map.entry(new DataType.Decimal(5, 2), List.of("\"-123.455\"", new BigDecimal("-123.46"))),
                Map.entry(
                        new DataType.Decimal(38, 3),
                        List.of(
                                "12345678901234567890123456789012345.678",
                                new BigDecimal("12345678901234567890123456789012345.678"))),
                Map.entry(new DataType.ListType(Scalar.INT), List.of("[1, null ,3]", Arrays.asList(1, null, 3))),
                Map.entry(
                        new DataType.MapType(Scalar.TEXT, Scalar.INT),
                        List.of("{\"a\":1,\"b\":2,\"a\":3}", Map.of("a", 3, "b", 2))),
                Map.entry(
                        new DataType.MapType(Scalar.INT, new DataType.ListType(Scalar.TEXT)),
                        List.of("{\"7\":[\"x\"]}", Map.of(7, List.of("x")))),
                Map.entry(GEO, List.of("{\"lon\":2,\"lat\":1}", List.of(1.0, 2.0))));
        cases.forEach((type, given) -> {
            Json json = Json.of("v", type);
            Object value = json.value("{\"v\":" + given.get(0) + "}\n");
            if (given.get(1) instanceof byte[] bytes) {
                assertEquals(Arrays.toString(bytes), Arrays.toString((byte[]) value));
            } else {
                assertEquals(given.get(1), value, type.sql());
            }
            assertEquals(null, json.value("{\"v\":null}"), type.sql());
            assertEquals(null, json.value("{}"), type.sql());
        });
    }

    @Test
    void wholeNumbersMayBeWrittenWithPointOrExponent() {
        Json json = Json.of("v", Scalar.BIGINT);
        assertEquals(100L, json.value("{\"v\":1e2}"));
        assertEquals(7L, json.value("{\"v\":7.000}"));
        assertEquals(Long.MAX_VALUE, json.value("{\"v\":9223372036854775807}"));
        assertEquals(0L, json.value("{\"v\":-0}"));
        assertTrue(json.refusal("{\"v\":1.5}").contains("expected a whole number, found a number 1.5"));
        assertTrue(json.refusal("{\"v\":9223372036854775808}").contains("out of the range"));
        assertTrue(json.refusal("{\"v\":1e999999999}").contains("out of the range"));
        assertTrue(json.refusal("{\"v\":1e99999999999999}").contains("out of the range"));
        assertTrue(json.refusal("{\"v\":" + "1".repeat(10_000) + "}").contains("out of the range"));
    }

    @Test
    void textTakesOtherValuesAsTheirJson() {
        Json json = Json.of("v", Scalar.TEXT);
        assertEquals("12.50", json.value("{\"v\":12.50}"));
        assertEquals("true", json.value("{\"v\":true}"));
        assertEquals("{\"a\": 1}", json.value("{\"v\":{\"a\": 1}}"));
        assertEquals("[1]", json.value("{\"v\": [1] }"));
    }

    @Test
    void unescapesText() {
        Json json = Json.of("v", Scalar.TEXT);
        assertEquals("a\"\\/\b\f\n\r\tZ", json.value("{\"v\":\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u005A\"}"));
        assertEquals("ü€😀", json.value("{\"v\":\"\\u00fc\\u20AC\\ud83d\\uDE00\"}"));
        assertEquals("\ufffdx\ufffd\ufffd", json.value("{\"v\":\"\\ud83dx\\ude00\\ud83d\"}"));
    }

    @Test
    void textWithoutEscapesIsNotCopied() {
        Schema schema = Schema.of(new Field("v", Scalar.TEXT));
        FormatSpec spec = new FormatSpec("json", schema, List.of(0), OptionValues.EMPTY);
        byte[] bytes = "{\"v\":\"hello\"}\n{\"v\":\"world\"}\n".getBytes(StandardCharsets.UTF_8);
        BatchBuilder out = new BatchBuilder(schema, 4);
        new JsonFormat().decoder(spec).decode(bytes, 0, bytes.length, true, out, (b, f, t, r) -> {
            throw r;
        });
        BytesColumn column = (BytesColumn) out.build().column(0);
        assertTrue(column.arena() == bytes);
        assertEquals("world", column.text(1));
    }

    @Test
    void doublesTakeTheWordsTheEncoderWrites() {
        Json json = Json.of("v", Scalar.DOUBLE);
        assertEquals(Double.NaN, json.value("{\"v\":\"NaN\"}"));
        assertEquals(Double.NEGATIVE_INFINITY, json.value("{\"v\":\"-Infinity\"}"));
        assertTrue(json.refusal("{\"v\":\"1.5\"}").contains("expected a number, found text \"1.5\""));
        assertTrue(json.refusal("{\"v\":1e400}").contains("out of the range"));
        assertTrue(json.refusal("{\"v\":NaN}").contains("expected a value"));
    }

    @Test
    void timestampsAsNumbers() {
        Schema schema = Schema.of(new Field("v", Scalar.TIMESTAMP));
        Json millis = new Json(schema, Map.of("json.timestamp_format", "unix_millis"));
        assertEquals(1_500L, millis.value("{\"v\":1.5}"));
        assertEquals(-1_000L, millis.value("{\"v\":-1}"));
        Json seconds = new Json(schema, Map.of("json.timestamp_format", "unix_seconds"));
        assertEquals(1_700_000_000_123_456L, seconds.value("{\"v\":1700000000.123456}"));
        assertTrue(seconds.refusal("{\"v\":\"2001-01-01\"}").contains("json.timestamp_format"));
        Json text = new Json(schema, Map.of());
        assertTrue(text.refusal("{\"v\":1500}").contains("expected a timestamp"));
        assertTrue(text.refusal("{\"v\":\"2001-02-30T00:00:00\"}").contains("found text \"2001-02-30T00:00:00\""));
    }

    @Test
    void decimalsAsBytes() {
        Schema schema = Schema.of(new Field("v", new DataType.Decimal(9, 2)));
        Json json = new Json(schema, Map.of("json.decimal_encoding", "bytes"));
        assertEquals(new BigDecimal("-1.23"), json.value("{\"v\":\"hQ==\"}"));
        assertTrue(json.refusal("{\"v\":1.23}").contains("expected a decimal"));
    }

    @Test
    void unstructuredTakesAnyValueWhole() {
        Json json = new Json(Schema.of(new Field("value", Scalar.JSON)), Map.of("json.unstructured", true));
        assertEquals(
                List.of(List.of("{\"a\": 1}"), List.of("[1,2]"), List.of("12")), json.lines("{\"a\": 1} \n[1,2]\n12"));
        assertTrue(json.refusal("[1,2").contains("ends in the middle"));
    }

    @Test
    void refusesWhatIsNotJsonSayingWhere() {
        Json json = Json.of(new Field("delay", Scalar.INT), new Field("name", Scalar.TEXT));
        assertEquals(
                "column 'delay' (INT): expected a whole number, found text \"abc\" (at byte 9 of the record)",
                json.refusal("{\"delay\":\"abc\",\"name\":\"x\"}"));
        assertEquals(
                "column 'delay' (INT): a number 3000000000 is out of the range of the type (at byte 9 of the record)",
                json.refusal("{\"delay\":3000000000}"));
        assertTrue(json.refusal("{\"delay\":1").contains("ends in the middle of a value (at byte 10 of the record)"));
        assertTrue(json.refusal("{\"delay\":1}}").contains("expected nothing more after the JSON value"));
        assertTrue(json.refusal("{\"delay\":1} x").contains("found x"));
        assertTrue(json.refusal("[1]").contains("expected an object, found an array [1]"));
        assertTrue(json.refusal("hello").contains("expected a value, found hello"));
        assertTrue(json.refusal("{\"delay\":01}").contains("leading zeros"));
        assertTrue(json.refusal("{\"other\":+1}").contains("expected a value, found +1"));
        assertTrue(json.refusal("{\"other\":\"a\tb\"}").contains("control character 0x09"));
        assertTrue(json.refusal("{\"other\":\"\\x\"}").contains("unknown escape \\x"));
        assertTrue(json.refusal("{\"other\":\"\\u12g4\"}").contains("four hexadecimal digits"));
        assertTrue(json.refusal("{delay:1}").contains("expected a key in quotes, found delay"));
        assertTrue(json.refusal("{\"delay\" 1}").contains("expected ':' after a key"));
        assertTrue(json.refusal("{\"delay\":1 \"name\":2}").contains("expected ',' or '}'"));
        assertTrue(json.refusal("{\"delay\":1,}").contains("expected a key in quotes"));
        assertTrue(json.refusal("{\"other\":[1,]}").contains("expected a value"));
        assertTrue(json.refusal("{\"other\":tru}").contains("expected a value, found tru"));
    }

    @Test
    void refusesInvalidUtf8Everywhere() {
        Json json = Json.of("name", Scalar.TEXT);
        for (int[] bad :
                new int[][] {{0xff}, {0xc0, 0x80}, {0xe2, 0x82}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}}) {
            for (String key : List.of("name", "skipped")) {
                String start = "{\"" + key + "\":\"";
                byte[] text = (start + "?".repeat(bad.length) + "\"}").getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < bad.length; i++) {
                    text[start.length() + i] = (byte) bad[i];
                }
                assertEquals("invalid UTF-8 (at byte " + start.length() + " of the record)", json.refusal(text));
            }
        }
    }

    @Test
    void refusesDeepNestingWithoutExhaustingTheStack() {
        Json json = Json.of("v", Scalar.JSON);
        assertEquals(
                1,
                json.lines("{\"v\":" + "[".repeat(999) + "]".repeat(999) + "}").size());
        assertTrue(json.refusal("{\"v\":" + "[".repeat(1000) + "]".repeat(1000) + "}")
                .contains("deeper than 1000"));
        assertTrue(json.refusal("{\"x\":" + "{\"a\":".repeat(200_000)).contains("deeper than 1000"));
    }

    @Test
    void goesOnAfterABadLine() {
        Json json = Json.of("v", Scalar.INT);
        assertEquals(List.of(List.of(1), List.of(2)), json.lines("{\"v\":1}\n{\"v\":oops}\n{\"v\":2}\n{\"v\":"));
        assertEquals(List.of("{\"v\":oops}", "{\"v\":"), json.refusedRecords);
        assertEquals(ErrorCode.BAD_RECORD, json.refused.get(0).code());
    }

    @Test
    void aBadRecordLeavesNothingInAnyColumn() {
        Json json = Json.of(
                new Field("tags", new DataType.ListType(Scalar.INT)),
                new Field("geo", GEO),
                new Field("v", Scalar.INT));
        assertEquals(
                List.of(List.of(List.of(3), List.of(5.0, 6.0), 1)),
                json.lines("{\"tags\":[1,2],\"geo\":{\"lat\":1},\"v\":\"bad\"}\n"
                        + "{\"tags\":[3],\"geo\":{\"lat\":5,\"lon\":6},\"v\":1}\n"
                        + "{\"tags\":[1,\"x\"]}\n{\"geo\":{\"lat\":\"x\"}}"));
        assertEquals(3, json.refused.size());
        assertTrue(json.refused.get(1).reason().contains("column 'tags[]'"));
        assertTrue(json.refused.get(2).reason().contains("column 'geo.lat'"));
    }

    @Test
    void notNullColumnsNeedAValue() {
        Json json = Json.of(new Field("id", Scalar.BIGINT, false));
        json.lines("{\"id\":null}\n{\"x\":1}\n");
        assertEquals(ErrorCode.NULL_NOT_ALLOWED, json.refused.get(0).code());
        assertEquals(
                "column 'id' is NOT NULL but is null (at byte 6 of the record)",
                json.refused.get(0).reason());
        assertEquals(
                "column 'id' is NOT NULL but is missing (at byte 0 of the record)",
                json.refused.get(1).reason());
    }

    @Test
    void longLines() {
        String large = "x".repeat(10 << 20);
        Json json = Json.of("v", Scalar.TEXT);
        assertEquals(large, json.value("{\"v\":\"" + large + "\"}"));
        Json limited = new Json(Schema.of(new Field("v", Scalar.TEXT)), Map.of(Framing.MAX_LENGTH.name(), 1024L));
        assertTrue(
                limited.refusal("{\"v\":\"" + large + "\"}").contains("longer than framing.newline.max_length = 1024"));
    }

    @Test
    void waitsForTheRestOfALine() {
        byte[] bytes = "{\"v\":1}\n{\"v\":22}\n{\"v\":3}".getBytes(StandardCharsets.UTF_8);
        Schema schema = Schema.of(new Field("v", Scalar.INT));
        for (int cut = 0; cut <= bytes.length; cut++) {
            RecordDecoder decoder =
                    new JsonFormat().decoder(new FormatSpec("json", schema, List.of(0), OptionValues.EMPTY));
            BatchBuilder out = new BatchBuilder(schema, 4);
            int position = decoder.decode(bytes, 0, cut, false, out, (b, f, t, r) -> {
                throw r;
            });
            decoder.decode(bytes, position, bytes.length, true, out, (b, f, t, r) -> {
                throw r;
            });
            assertEquals(List.of(List.of(1), List.of(22), List.of(3)), Json.rows(schema, out.build()), "cut at " + cut);
        }
    }

    @Test
    void messagesHoldAnyNumberOfRecords() {
        Json json = Json.of("v", Scalar.INT);
        assertEquals(List.of(List.of(1)), json.message("{\n  \"v\": 1\n}\n"));
        assertEquals(List.of(List.of(1), List.of(2)), json.message("{\"v\":1} {\"v\":2}"));
        assertEquals(List.of(List.of(1), List.of(2)), json.message("[{\"v\":1},\n{\"v\":2}]"));
        assertEquals(List.of(), json.message(" "));
        assertEquals(List.of(), json.message("[{\"v\":1},{\"v\":\"x\"}]"));
        assertEquals(List.of("[{\"v\":1},{\"v\":\"x\"}]"), json.refusedRecords);
    }

    @Test
    void mapsWithManyRepeatedKeys() {
        Json json = Json.of("v", new DataType.MapType(Scalar.TEXT, Scalar.INT));
        StringBuilder text = new StringBuilder("{\"v\":{\"k0\":-1");
        for (int i = 0; i < 100; i++) {
            text.append(",\"k").append(i % 50).append("\":").append(i);
        }
        Map<?, ?> map = (Map<?, ?>) json.value(text.append("}}").toString());
        assertEquals(50, map.size());
        assertEquals(50, map.get("k0"));
        assertEquals(99, map.get("k49"));
    }

    @Test
    void checksTheSchema() {
        LaminarException unstructured = assertThrows(
                LaminarException.class,
                () -> new Json(Schema.of(new Field("v", Scalar.TEXT)), Map.of("json.unstructured", true)));
        assertEquals(ErrorCode.INVALID_SCHEMA, unstructured.code());
        assertThrows(
                LaminarException.class,
                () -> Json.of("v", new DataType.MapType(new DataType.ListType(Scalar.INT), Scalar.INT)));
    }
}
