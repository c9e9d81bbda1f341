package io.laminar.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.option.OptionValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class AvroInferenceTest {
    private static final String SCHEMA = """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "id", "type": "long"},
              {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}]},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "who", "type": {"type": "record", "name": "Who", "fields": [
                {"name": "name", "type": "string"}, {"name": "age", "type": ["null", "int"]}]}},
              {"name": "lines", "type": {"type": "array", "items": "Who"}},
              {"name": "tags", "type": {"type": "map", "values": "string"}},
              {"name": "either", "type": ["string", "int"]}]}
            """;

    private static final Map<String, String> TYPES = Map.of(
            "id", "BIGINT NOT NULL",
            "price", "DECIMAL(9, 2)",
            "at", "TIMESTAMPTZ NOT NULL",
            "who", "STRUCT<name TEXT, age INT> NOT NULL",
            "lines", "STRUCT<name TEXT, age INT>[] NOT NULL",
            "tags", "MAP<TEXT, TEXT> NOT NULL",
            "either", "JSON NOT NULL");

    private static Map<String, String> types(InferredSchema schema) {
        Map<String, String> types = new LinkedHashMap<>();
        for (InferredColumn column : schema.columns()) {
            String type = column.field().type().sql();
            types.put(column.field().name(), column.field().nullable() ? type : type + " NOT NULL");
        }
        return types;
    }

    @Test
    void schemas() {
        InferredSchema schema =
                Inference.definition("avro", SCHEMA, OptionValues.EMPTY).schema();
        assertEquals(TYPES, types(schema));
        assertEquals(
                "DECIMAL(9, 2) because the schema says bytes (decimal)",
                schema.columns().get(1).reason());
    }

    @Test
    void containersHaveTheirSchema() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Schema schema = new Schema.Parser().parse(SCHEMA);
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file);
        }
        assertEquals(
                TYPES,
                types(Inference.sample("avro", file.toByteArray(), OptionValues.EMPTY)
                        .schema()));
        LaminarException other = assertThrows(
                LaminarException.class, () -> Inference.sample("avro", new byte[] {1, 2, 3, 4, 5}, OptionValues.EMPTY));
        assertEquals(ErrorCode.BAD_RECORD, other.code());
    }

    @Test
    void whatIsNoRecordSchema() {
        for (String text : new String[] {"", "{", "\"nope\"", "{\"type\": \"record\"}"}) {
            LaminarException error = assertThrows(
                    LaminarException.class, () -> Inference.definition("avro", text, OptionValues.EMPTY), text);
            assertEquals(ErrorCode.INVALID_OPTION, error.code(), text);
        }
        LaminarException text = assertThrows(
                LaminarException.class, () -> Inference.definition("avro", "\"string\"", OptionValues.EMPTY));
        assertEquals(ErrorCode.INVALID_SCHEMA, text.code());
    }
}
