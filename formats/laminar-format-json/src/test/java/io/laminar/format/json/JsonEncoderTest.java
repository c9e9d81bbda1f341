package io.laminar.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.batch.Values;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonEncoderTest {

    private static String encode(Schema schema, Map<String, Object> options, List<@Nullable Object> row) {
        BatchBuilder builder = new BatchBuilder(schema, 1);
        for (int i = 0; i < schema.size(); i++) {
            Values.append(schema.type(i), builder.column(i), row.get(i));
        }
        builder.endRow(0);
        return encode(schema, options, builder.build());
    }

    private static String encode(Schema schema, Map<String, Object> options, Batch batch) {
        FormatSpec spec = new FormatSpec(
                "json", schema, IntStream.range(0, schema.size()).boxed().toList(), new OptionValues(options));
        Slice out = new Slice();
        new JsonFormat().encoder(spec).encode(batch, out);
        return out.toString();
    }

    private static String value(DataType type, Object value) {
        return encode(Schema.of(new Field("v", type)), Map.of(), Arrays.asList(value));
    }

    @Test
    void writesOneObjectPerLine() {
        Schema schema = Schema.of(new Field("a", Scalar.BIGINT), new Field("b\"", Scalar.TEXT));
        BatchBuilder builder = new BatchBuilder(schema, 2);
        for (long i = 1; i <= 2; i++) {
            Values.append(Scalar.BIGINT, builder.column(0), i);
            builder.endRow(0);
        }
        assertEquals("{\"a\":1,\"b\\\"\":null}\n{\"a\":2,\"b\\\"\":null}\n", encode(schema, Map.of(), builder.build()));
    }

    @Test
    void writesEveryType() {
        assertEquals("{\"v\":true}\n", value(Scalar.BOOLEAN, true));
        assertEquals("{\"v\":-5}\n", value(Scalar.TINYINT, -5));
        assertEquals("{\"v\":-9223372036854775808}\n", value(Scalar.BIGINT, Long.MIN_VALUE));
        assertEquals("{\"v\":0.1}\n", value(Scalar.DOUBLE, 0.1));
        assertEquals("{\"v\":0.1}\n", value(Scalar.FLOAT, (double) 0.1f));
        assertEquals("{\"v\":\"NaN\"}\n", value(Scalar.DOUBLE, Double.NaN));
        assertEquals("{\"v\":\"-Infinity\"}\n", value(Scalar.DOUBLE, Double.NEGATIVE_INFINITY));
        assertEquals("{\"v\":\"AQID\"}\n", value(Scalar.BYTES, new byte[] {1, 2, 3}));
        assertEquals("{\"v\":\"1970-02-01\"}\n", value(Scalar.DATE, 31));
        assertEquals("{\"v\":\"00:00:01.5\"}\n", value(Scalar.TIME, 1_500_000L));
        assertEquals("{\"v\":\"1970-01-01T00:00:01\"}\n", value(Scalar.TIMESTAMP, 1_000_000L));
        assertEquals("{\"v\":\"1969-12-31T23:59:59.999999\"}\n", value(Scalar.TIMESTAMP, -1L));
        assertEquals("{\"v\":\"1970-01-01T00:00:01Z\"}\n", value(Scalar.TIMESTAMPTZ, 1_000_000L));
        assertEquals("{\"v\":-1.50}\n", value(new DataType.Decimal(5, 2), new BigDecimal("-1.50")));
        assertEquals("{\"v\":{\"a\": 1 }}\n", value(Scalar.JSON, "{\"a\": 1\n}"));
        assertEquals("{\"v\":[1,null]}\n", value(new DataType.ListType(Scalar.INT), Arrays.asList(1, null)));
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, "x");
        map.put(2, null);
        assertEquals("{\"v\":{\"1\":\"x\",\"2\":null}}\n", value(new DataType.MapType(Scalar.INT, Scalar.TEXT), map));
        DataType struct = new DataType.StructType(List.of(new Field("x", Scalar.INT), new Field("y", Scalar.TEXT)));
        assertEquals("{\"v\":{\"x\":1,\"y\":\"a\"}}\n", value(struct, List.of(1, "a")));
    }

    @Test
    void escapesOnlyWhatItMust() {
        assertEquals(
                "{\"v\":\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001/ü😀\u007f\"}\n",
                value(Scalar.TEXT, "\"\\\n\r\t\b\f\u0001/ü😀\u007f"));
        assertEquals("{\"v\":\"" + "\\n".repeat(5000) + "\"}\n", value(Scalar.TEXT, "\n".repeat(5000)));
    }

    @Test
    void optionsChooseTheForm() {
        Schema times = Schema.of(new Field("v", Scalar.TIMESTAMP));
        List<@Nullable Object> time = List.of(1_500_000L);
        assertEquals("{\"v\":1500}\n", encode(times, Map.of("json.timestamp_format", "unix_millis"), time));
        assertEquals("{\"v\":1.500000}\n", encode(times, Map.of("json.timestamp_format", "unix_seconds"), time));
        assertEquals(
                "{\"v\":\"1970-01-01 00:00:01.5\"}\n", encode(times, Map.of("json.timestamp_format", "sql"), time));
        Schema decimals = Schema.of(new Field("v", new DataType.Decimal(9, 2)));
        List<@Nullable Object> decimal = List.of(new BigDecimal("-1.23"));
        assertEquals("{\"v\":\"-1.23\"}\n", encode(decimals, Map.of("json.decimal_encoding", "string"), decimal));
        assertEquals("{\"v\":\"hQ==\"}\n", encode(decimals, Map.of("json.decimal_encoding", "bytes"), decimal));
        Schema document = Schema.of(new Field("v", Scalar.JSON));
        assertEquals("[1]\n", encode(document, Map.of("json.unstructured", true), List.of("[1]")));
    }

    @Test
    void messagesHaveNoLineEnd() {
        Schema schema = Schema.of(new Field("v", Scalar.INT));
        RecordEncoder encoder =
                new JsonFormat().encoder(new FormatSpec("json", schema, List.of(0), OptionValues.EMPTY));
        BatchBuilder builder = new BatchBuilder(schema, 2);
        Values.append(Scalar.INT, builder.column(0), 1);
        builder.endRow(0);
        Values.append(Scalar.INT, builder.column(0), 2);
        builder.endRow(0);
        Batch batch = builder.build();
        Slice out = new Slice();
        encoder.encodeMessage(batch, 0, out);
        encoder.encodeMessage(batch, 1, out);
        assertEquals("{\"v\":2}", out.toString());
    }
}
