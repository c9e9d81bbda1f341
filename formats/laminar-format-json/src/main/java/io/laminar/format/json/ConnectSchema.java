package io.laminar.format.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.List;

/** The schema that Kafka Connect's JSON converter wants beside each record. */
final class ConnectSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String LOGICAL = "org.apache.kafka.connect.data.";

    private ConnectSchema() {}

    /**
     * The schema of a record with these columns.
     *
     * @throws LaminarException INVALID_SCHEMA for columns of type JSON, which Connect has no type for
     */
    static String of(List<Field> columns, Encodings encodings) {
        return struct(columns, encodings, "").put("optional", false).toString();
    }

    private static ObjectNode struct(List<Field> columns, Encodings encodings, String prefix) {
        ObjectNode schema = NODES.objectNode();
        schema.put("type", "struct");
        ArrayNode fields = schema.putArray("fields");
        for (Field column : columns) {
            ObjectNode field = type(column.type(), encodings, prefix + column.name());
            fields.add(field.put("optional", column.nullable()).put("field", column.name()));
        }
        return schema;
    }

    private static ObjectNode type(DataType type, Encodings encodings, String path) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar, encodings, path);
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal, encodings);
        } else if (type instanceof DataType.ListType list) {
            ObjectNode schema = NODES.objectNode().put("type", "array");
            schema.set("items", type(list.element(), encodings, path + "[]").put("optional", true));
            return schema;
        } else if (type instanceof DataType.MapType map) {
            ObjectNode schema = NODES.objectNode().put("type", "map");
            schema.set("keys", NODES.objectNode().put("type", "string").put("optional", false));
            schema.set("values", type(map.value(), encodings, path + "{}").put("optional", true));
            return schema;
        }
        return struct(((DataType.StructType) type).fields(), encodings, path + ".");
    }

    private static ObjectNode decimal(DataType.Decimal type, Encodings encodings) {
        ObjectNode schema = NODES.objectNode();
        if (encodings.decimals() == DecimalEncoding.STRING) {
            return schema.put("type", "string");
        }
        schema.put("type", "bytes").put("name", LOGICAL + "Decimal").put("version", 1);
        schema.putObject("parameters").put("scale", String.valueOf(type.scale()));
        return schema;
    }

    private static ObjectNode scalar(Scalar type, Encodings encodings, String path) {
        ObjectNode schema = NODES.objectNode();
        return switch (type) {
            case BOOLEAN, NULL -> schema.put("type", "boolean");
            case TINYINT -> schema.put("type", "int8");
            case SMALLINT -> schema.put("type", "int16");
            case INT -> schema.put("type", "int32");
            case BIGINT -> schema.put("type", "int64");
            case FLOAT -> schema.put("type", "float");
            case DOUBLE -> schema.put("type", "double");
            case BYTES -> schema.put("type", "bytes");
            case TEXT, DATE, TIME, INTERVAL, INTERVAL_MONTHS -> schema.put("type", "string");
            case TIMESTAMP, TIMESTAMPTZ ->
                switch (encodings.timestamps()) {
                    case RFC3339, SQL -> schema.put("type", "string");
                    case UNIX_MILLIS ->
                        schema.put("type", "int64")
                                .put("name", LOGICAL + "Timestamp")
                                .put("version", 1);
                    case UNIX_SECONDS -> schema.put("type", "double");
                };
            case JSON ->
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "column '" + path + "': the schemas of json.include_schema have no type JSON",
                        "declare the column as TEXT");
        };
    }
}
