package io.laminar.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laminar.format.registry.RegisteredSchema;
import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.Registries;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.server.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records beside their schema, and records whose schema is in a registry. */
class JsonSchemasTest {
    private static final Schema COLUMNS = Schema.of(
            new Field("id", Scalar.BIGINT, false), new Field("t", Scalar.TEXT), new Field("at", Scalar.TIMESTAMP));
    private static final Map<String, Object> INCLUDED = Map.of("json.include_schema", true);

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

    private static Map<String, Object> registered(@Nullable String subject) {
        Map<String, Object> options = new HashMap<>();
        options.put("json.confluent_schema_registry", true);
        options.put("schema_registry.endpoint", server.endpoint());
        if (subject != null) {
            options.put("value.subject", subject);
        }
        return options;
    }

    private static FormatSpec spec(Schema schema, Map<String, Object> options) {
        return new FormatSpec(
                "json", schema, IntStream.range(0, schema.size()).boxed().toList(), new OptionValues(options));
    }

    private static byte[] encode(Schema schema, Map<String, Object> options, List<List<@Nullable Object>> rows) {
        BatchBuilder builder = new BatchBuilder(schema, 1);
        for (List<@Nullable Object> row : rows) {
            for (int i = 0; i < schema.size(); i++) {
                Values.append(schema.type(i), builder.column(i), row.get(i));
            }
            builder.endRow(0);
        }
        FormatSpec spec = spec(schema, options);
        new JsonFormat().checkWriting(spec);
        Slice out = new Slice();
        new JsonFormat().encoder(spec).encode(builder.build(), out);
        return Arrays.copyOf(out.base(), out.length());
    }

    private static List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < 300; i++) {
            rows.add(Arrays.asList(i, i % 3 == 0 ? null : "t" + i, i * 1_000_000));
        }
        return rows;
    }

    @Test
    void aRecordMayBeBesideItsSchema() throws Exception {
        Map<String, Object> options = Map.of("json.include_schema", true, "json.timestamp_format", "unix_millis");
        byte[] written = encode(COLUMNS, options, rows());
        String first =
                new String(written, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
        JsonNode record = new ObjectMapper().readTree(first);
        assertEquals("{\"id\":0,\"t\":null,\"at\":0}", record.get("payload").toString());
        assertEquals("struct", record.at("/schema/type").asText());
        assertEquals("int64", record.at("/schema/fields/0/type").asText());
        assertEquals("false", record.at("/schema/fields/0/optional").asText());
        assertEquals(
                "org.apache.kafka.connect.data.Timestamp",
                record.at("/schema/fields/2/name").asText());
        assertEquals(rows(), new Json(COLUMNS, options).lines(written));
    }

    @Test
    void aPayloadThatIsNoneIsABadRecord() {
        Json table = new Json(COLUMNS, INCLUDED);
        assertTrue(table.refusal("{\"id\":1}").contains("'payload' is NOT NULL but is missing"));
        assertTrue(table.refusal("{\"payload\":null}").contains("'payload' is NOT NULL but is null"));
        assertTrue(table.refusal("{\"payload\":3}").contains("expected an object"));
        assertTrue(table.refusal("{\"payload\":{\"t\":\"x\"}}").contains("'payload.id' is NOT NULL"));
        List<List<@Nullable Object>> mixed = table.lines("{\"payload\":{\"id\":1}}\n"
                + "{\"payload\":{\"id\":2,\"t\":5} x\n"
                + "{\"schema\":{\"a\":[]},\"payload\":{\"id\":3,\"t\":\"y\"}}\n");
        assertEquals(List.of(Arrays.asList(1L, null, null), Arrays.asList(3L, "y", null)), mixed);
        Json whole = new Json(
                Schema.of(new Field("v", Scalar.JSON)), Map.of("json.include_schema", true, "json.unstructured", true));
        assertEquals(List.of(List.of("[1]"), List.of("{}")), whole.lines("{\"payload\":[1]}\n{\"payload\":{}}"));
        assertEquals(List.of(List.of(4L)), new Json(COLUMNS, List.of(0), INCLUDED).message("{\"payload\":{\"id\":4}}"));
    }

    @Test
    void everyTypeHasASchema() {
        DataType struct = new DataType.StructType(List.of(new Field("b", Scalar.BOOLEAN)));
        Schema all = Schema.of(
                new Field("a", new DataType.ListType(Scalar.INT)),
                new Field("m", new DataType.MapType(Scalar.TEXT, struct)),
                new Field("d", new DataType.Decimal(9, 2)),
                new Field("by", Scalar.BYTES),
                new Field("da", Scalar.DATE),
                new Field("ts", Scalar.TIMESTAMPTZ));
        Encodings encodings = Encodings.of(new OptionValues(Map.of()));
        assertEquals(
                "{\"type\":\"struct\",\"fields\":["
                        + "{\"type\":\"array\",\"items\":{\"type\":\"int32\",\"optional\":true},\"optional\":true,\"field\":\"a\"},"
                        + "{\"type\":\"map\",\"keys\":{\"type\":\"string\",\"optional\":false},\"values\":{\"type\":\"struct\","
                        + "\"fields\":[{\"type\":\"boolean\",\"optional\":true,\"field\":\"b\"}],\"optional\":true},"
                        + "\"optional\":true,\"field\":\"m\"},"
                        + "{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"version\":1,"
                        + "\"parameters\":{\"scale\":\"2\"},\"optional\":true,\"field\":\"d\"},"
                        + "{\"type\":\"bytes\",\"optional\":true,\"field\":\"by\"},"
                        + "{\"type\":\"string\",\"optional\":true,\"field\":\"da\"},"
                        + "{\"type\":\"string\",\"optional\":true,\"field\":\"ts\"}],\"optional\":false}",
                ConnectSchema.of(all.fields(), encodings));
        String schema = JsonSchema.of(all.fields(), encodings);
        assertTrue(
                schema.contains(
                        "\"ts\":{\"oneOf\":[{\"type\":\"null\"},{\"type\":\"string\",\"format\":\"date-time\"}]}"),
                schema);
        LaminarException refused = assertThrows(
                LaminarException.class, () -> ConnectSchema.of(List.of(new Field("j", Scalar.JSON)), encodings));
        assertEquals(ErrorCode.INVALID_SCHEMA, refused.code());
    }

    @Test
    void recordsMayFollowTheIdOfTheirSchema() {
        byte[] written = encode(COLUMNS, registered("json-plain-value"), rows());
        RegisteredSchema latest = Registries.of(new OptionValues(registered(null)))
                .latest("json-plain-value")
                .orElseThrow();
        assertEquals(Language.JSON, latest.definition().language());
        assertEquals(latest.id(), ByteBuffer.wrap(written, 1, 4).getInt());
        assertEquals(rows(), new Json(COLUMNS, registered(null)).lines(written));
    }

    @Test
    void theIdMayLookLikeALineFeed() {
        Json table = new Json(COLUMNS, Map.of("json.confluent_schema_registry", true));
        byte[] record =
                "\0\0\0\n\n{\"id\":1}\n\0\0\0\n\nx{\"id\":2}\n\0\0\n\n\n {\"id\":3}".getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(Arrays.asList(1L, null, null), Arrays.asList(3L, null, null)), table.lines(record));
        assertEquals(1, table.refused.size());
        table.refused.clear();
        assertEquals(List.of(), table.message("\0\0\0\0\n"));
        assertEquals(List.of(), table.message("{\"id\":1}"));
        assertEquals(List.of(), table.message("\0\0"));
        assertEquals(3, table.refused.size());
        assertTrue(table.refused.get(1).reason().contains("starts with a zero byte"), table.refused.toString());
    }

    @Test
    void aColumnMayBeAddedAndNoneMayChange() {
        encode(COLUMNS, registered("json-evolving-value"), rows());
        List<Field> more = new ArrayList<>(COLUMNS.fields());
        more.add(new Field("added", Scalar.DOUBLE));
        encode(new Schema(more), registered("json-evolving-value"), List.of(Arrays.asList(1L, "x", 2L, 0.5)));
        Schema other = Schema.of(new Field("id", Scalar.BOOLEAN, false));
        LaminarException refused = assertThrows(LaminarException.class, () -> new JsonFormat()
                .checkWriting(spec(other, registered("json-evolving-value"))));
        assertEquals(ErrorCode.SCHEMA_CONFLICT, refused.code(), refused.describe());
    }
}
