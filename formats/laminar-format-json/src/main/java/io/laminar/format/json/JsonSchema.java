package io.laminar.format.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.List;

/**
 * The JSON Schema (draft 7) of the records that the encoder writes, for a registry. Objects are closed, because only
 * then may a later version add a property.
 */
final class JsonSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonSchema() {}

    static String of(List<Field> columns, Encodings encodings) {
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Record");
        object(columns, encodings, schema);
        return schema.toString();
    }

    private static void object(List<Field> fields, Encodings encodings, ObjectNode schema) {
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (Field field : fields) {
            ObjectNode type = type(field.type(), encodings);
            properties.set(field.name(), field.nullable() ? orNull(type) : type);
            if (!field.nullable()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private static ObjectNode orNull(ObjectNode type) {
        if (type.isEmpty()) {
            return type;
        }
        ObjectNode either = NODES.objectNode();
        either.putArray("oneOf").add(NODES.objectNode().put("type", "null")).add(type);
        return either;
    }

    private static ObjectNode type(DataType type, Encodings encodings) {
        ObjectNode schema = NODES.objectNode();
        if (type instanceof Scalar scalar) {
            scalar(scalar, encodings, schema);
        } else if (type instanceof DataType.Decimal) {
            schema.put("type", encodings.decimals() == DecimalEncoding.NUMBER ? "number" : "string");
        } else if (type instanceof DataType.ListType list) {
            schema.put("type", "array");
            schema.set("items", orNull(type(list.element(), encodings)));
        } else if (type instanceof DataType.MapType map) {
            schema.put("type", "object");
            schema.set("additionalProperties", orNull(type(map.value(), encodings)));
        } else if (type instanceof DataType.StructType struct) {
            object(struct.fields(), encodings, schema);
        }
        return schema;
    }

    private static void scalar(Scalar type, Encodings encodings, ObjectNode schema) {
        switch (type) {
            case BOOLEAN, NULL -> schema.put("type", "boolean");
            case TINYINT, SMALLINT, INT, BIGINT -> schema.put("type", "integer");
            case FLOAT, DOUBLE -> schema.put("type", "number");
            case TEXT, TIME, INTERVAL, INTERVAL_MONTHS -> schema.put("type", "string");
            case DATE -> schema.put("type", "string").put("format", "date");
            case BYTES -> schema.put("type", "string").put("contentEncoding", "base64");
            case TIMESTAMP, TIMESTAMPTZ -> timestamp(type, encodings.timestamps(), schema);
            case JSON -> {
                // Any value: a schema without conditions.
            }
        }
    }

    private static void timestamp(Scalar type, TimestampFormat format, ObjectNode schema) {
        switch (format) {
            case RFC3339 -> {
                schema.put("type", "string");
                // Without an offset it is no date-time of JSON Schema.
                if (type == Scalar.TIMESTAMPTZ) {
                    schema.put("format", "date-time");
                }
            }
            case SQL -> schema.put("type", "string");
            case UNIX_MILLIS, UNIX_SECONDS -> schema.put("type", "number");
        }
    }
}
