package io.laminar.format.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.option.OptionValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufInferenceTest {
    private static final String SCHEMA = """
            syntax = "proto3";
            package shop;
            import "google/protobuf/timestamp.proto";
            message Order {
              int64 id = 1;
              optional string note = 2;
              google.protobuf.Timestamp at = 3;
              repeated Line lines = 4;
              map<string, int32> counts = 5;
              Order parent = 6;
            }
            message Line { string name = 1; double price = 2; }
            """;

    @Test
    void messages() {
        InferredSchema schema = Inference.definition(
                        "protobuf", SCHEMA, new OptionValues(Map.of("protobuf.message", "Line")))
                .schema();
        Map<String, String> types = new LinkedHashMap<>();
        for (InferredColumn column : schema.columns()) {
            String type = column.field().type().sql();
            types.put(column.field().name(), column.field().nullable() ? type : type + " NOT NULL");
        }
        assertEquals(Map.of("name", "TEXT NOT NULL", "price", "DOUBLE NOT NULL"), types);
        assertEquals(Map.of("protobuf.schema", SCHEMA, "protobuf.message", "shop.Line"), schema.options());
    }

    @Test
    void nestedMessages() {
        InferredSchema schema = Inference.definition(
                        "protobuf", SCHEMA, new OptionValues(Map.of("protobuf.message", "shop.Order")))
                .schema();
        Map<String, InferredColumn> columns = new LinkedHashMap<>();
        schema.columns().forEach(column -> columns.put(column.field().name(), column));
        assertEquals("BIGINT", columns.get("id").field().type().sql());
        assertEquals(true, columns.get("note").field().nullable());
        assertEquals("TIMESTAMPTZ", columns.get("at").field().type().sql());
        assertEquals(
                "STRUCT<name TEXT, price DOUBLE>[]",
                columns.get("lines").field().type().sql());
        assertEquals("MAP<TEXT, INT>", columns.get("counts").field().type().sql());
        assertEquals("TEXT because the schema says string", columns.get("note").reason());
    }

    @Test
    void whatIsNoSchema() {
        LaminarException error = assertThrows(
                LaminarException.class, () -> Inference.definition("protobuf", "message {", OptionValues.EMPTY));
        assertEquals(ErrorCode.INVALID_OPTION, error.code(), error::describe);
        LaminarException which = assertThrows(
                LaminarException.class, () -> Inference.definition("protobuf", SCHEMA, OptionValues.EMPTY));
        assertEquals(ErrorCode.MISSING_OPTION, which.code(), which::describe);
    }
}
