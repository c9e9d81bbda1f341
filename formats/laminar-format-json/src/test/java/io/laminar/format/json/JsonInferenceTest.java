package io.laminar.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.option.OptionValues;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonInferenceTest {

    private static InferredSchema sample(String... lines) {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return Inference.sample("json", bytes, OptionValues.EMPTY).schema();
    }

    private static InferredSchema definition(String text) {
        return Inference.definition("json", text, OptionValues.EMPTY).schema();
    }

    private static Map<String, String> types(InferredSchema schema) {
        Map<String, String> types = new LinkedHashMap<>();
        for (InferredColumn column : schema.columns()) {
            String type = column.field().type().sql();
            types.put(column.field().name(), column.field().nullable() ? type : type + " NOT NULL");
        }
        return types;
    }

    private static String type(String... values) {
        String[] lines = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            lines[i] = "{\"a\":" + values[i] + "}";
        }
        return sample(lines).columns().get(0).field().type().sql();
    }

    private static String reason(String... lines) {
        return sample(lines).columns().get(0).reason();
    }

    @Test
    void scalars() {
        assertEquals("BIGINT", type("1", "-2", "null"));
        assertEquals("DECIMAL(38, 0)", type("1", "9223372036854775808").replace("DECIMAL(38,0)", "DECIMAL(38, 0)"));
        assertEquals("DOUBLE", type("1", "2.5"));
        assertEquals("DOUBLE", type("1e3"));
        assertEquals("BOOLEAN", type("true", "false"));
        assertEquals("TEXT", type("\"x\"", "\"1\""));
        assertEquals("TIMESTAMP", type("\"2024-02-29T10:00:00Z\"", "\"2024-02-29 10:00:00.5\"", "\"2024-02-29\""));
        assertEquals("DATE", type("\"2024-02-29\""));
        assertEquals("TIME", type("\"10:00:00\""));
        assertEquals("TEXT", type("\"2024-02-30\""));
        assertEquals("TEXT", type("\"2024-02-29\"", "\"soon\""));
        assertEquals("JSON", type("1", "\"x\""));
        assertEquals("JSON", type("null"));
    }

    @Test
    void reasonsCount() {
        assertEquals(
                "DOUBLE because 1 of 3 values have decimals",
                reason("{\"a\":1}", "{\"a\":2.5}", "{\"a\":3}", "{\"a\":null}"));
        assertEquals("BIGINT because all 2 values are whole numbers", reason("{\"a\":1}", "{\"a\":2}"));
        assertEquals(
                "JSON because 1 of 2 values are whole numbers, 1 of 2 values are texts",
                reason("{\"a\":1}", "{\"a\":\"x\"}"));
        assertTrue(reason("{\"a\":1}", "{\"b\":2}").endsWith("; in 1 of 2 records"));
    }

    @Test
    void nestedValues() {
        assertEquals("STRUCT<lat DOUBLE, name TEXT>", type("{\"lat\":1.5}", "{\"lat\":2,\"name\":\"x\"}", "null"));
        assertEquals("BIGINT[]", type("[1,2]", "[]"));
        assertEquals("STRUCT<x BIGINT>[]", type("[{\"x\":1}]"));
        assertEquals("JSON", type("[1,\"x\"]"));
        assertEquals("JSON", type("[]"));
        assertEquals("JSON", type("{}"));
        assertEquals("JSON", type("{\"x\":1}", "[1]"));
        assertEquals("JSON", type("{\"x\":1,\"X\":2}"));
    }

    @Test
    void aSampleMayEndAnywhere() {
        InferredSchema cut = sample("{\"a\":1}", "{\"a\":2.5");
        assertEquals(Map.of("a", "BIGINT"), types(cut));
        assertTrue(cut.notes().contains("the last record is cut off and was left out"), cut::toString);
        assertEquals(Map.of("a", "BIGINT"), types(sample("[{\"a\":1},", "{\"a\":2}]")));
        InferredSchema same = sample("{\"a\":1,\"A\":2}");
        assertEquals(Map.of("a", "BIGINT"), types(same));
        assertTrue(same.notes().get(1).startsWith("'A' is left out"), same::toString);
    }

    @Test
    void whatIsNoJson() {
        LaminarException broken = assertThrows(LaminarException.class, () -> sample("{\"a\":1}", "{a:1}"));
        assertEquals(ErrorCode.BAD_RECORD, broken.code());
        assertEquals(2, ((Place.Data) broken.place()).line());
        assertTrue(broken.reason().startsWith("record 2 is not JSON: "), broken::describe);
        assertEquals(
                ErrorCode.BAD_RECORD,
                assertThrows(LaminarException.class, () -> sample("17")).code());
        assertEquals(
                ErrorCode.BAD_RECORD,
                assertThrows(LaminarException.class, () -> sample("")).code());
        assertEquals(
                ErrorCode.INVALID_SCHEMA,
                assertThrows(LaminarException.class, () -> sample("{}")).code());
    }

    @Test
    void jsonSchemas() {
        assertEquals(
                Map.of(
                        "id", "BIGINT NOT NULL",
                        "price", "DOUBLE",
                        "at", "TIMESTAMPTZ",
                        "tags", "TEXT[]",
                        "geo", "STRUCT<lat DOUBLE>",
                        "more", "MAP<TEXT, BIGINT>",
                        "any", "JSON",
                        "kind", "TEXT",
                        "either", "JSON"),
                types(definition("""
                        {"type": "object", "required": ["id", "price"],
                         "definitions": {"geo": {"type": "object", "properties": {"lat": {"type": "number"}}}},
                         "properties": {
                           "id": {"type": "integer"},
                           "price": {"type": ["number", "null"]},
                           "at": {"oneOf": [{"type": "null"}, {"type": "string", "format": "date-time"}]},
                           "tags": {"type": "array", "items": {"type": "string"}},
                           "geo": {"$ref": "#/definitions/geo"},
                           "more": {"type": "object", "additionalProperties": {"type": "integer"}},
                           "any": {},
                           "kind": {"enum": ["a", "b"]},
                           "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}}
                        """)));
    }

    @Test
    void brokenJsonSchemasHaveAPlace() {
        LaminarException error = assertThrows(LaminarException.class, () -> definition("{\"type\":\n  object}"));
        assertEquals(ErrorCode.INVALID_OPTION, error.code());
        assertEquals(2, ((Place.Sql) error.place()).line());
        assertThrows(LaminarException.class, () -> definition("{\"type\": \"string\"}"));
        assertThrows(LaminarException.class, () -> definition("{\"properties\": {\"a\": {\"$ref\": \"other.json\"}}}"));
        assertThrows(LaminarException.class, () -> definition("{\"properties\": {\"a\": {\"$ref\": \"#/no\"}}}"));
    }
}
