package io.laminar.format.avro;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Columns of an Avro record. */
final class AvroInference {
    private static final int DEEPEST = 8;

    private AvroInference() {}

    /** Of a container file, whose start has its schema. */
    static InferredSchema ofContainer(byte[] sample) {
        try {
            return of(AvroSchemas.parse(
                    ContainerHeader.read(sample, 0, sample.length).schemaText()));
        } catch (RecordFailure e) {
            throw new LaminarException(
                    ErrorCode.BAD_RECORD, e.reason(0).reason(), "datums do not say what is in them: give their schema");
        }
    }

    static InferredSchema of(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "the schema is of " + schema.getType().getName() + ", and a table needs a record");
        }
        List<InferredColumn> columns = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            DataType type = type(field.schema(), 0);
            columns.add(new InferredColumn(
                    field.name(),
                    type,
                    isNullable(field.schema()),
                    type.sql() + " because the schema says " + said(field.schema())));
        }
        return InferredSchema.of(columns, Map.of(), List.of("from the schema of record " + schema.getFullName()));
    }

    private static String said(Schema schema) {
        Schema single = RecordBinding.withoutNull(schema);
        if (single == null) {
            return "a union of several types";
        }
        String logical = single.getLogicalType() == null
                ? ""
                : " (" + single.getLogicalType().getName() + ")";
        return single.getType().getName() + logical;
    }

    private static boolean isNullable(Schema schema) {
        return schema.getType() == Schema.Type.NULL || (schema.isUnion() && schema.isNullable());
    }

    /** The type that holds the values; JSON where nothing else does. */
    private static DataType type(Schema schema, int depth) {
        if (depth >= DEEPEST) {
            return Scalar.JSON;
        }
        @Nullable Schema single = RecordBinding.withoutNull(schema);
        if (single == null) {
            return Scalar.JSON;
        }
        return switch (single.getType()) {
            case RECORD -> {
                List<Field> members = new ArrayList<>();
                for (Schema.Field member : single.getFields()) {
                    members.add(
                            new Field(member.name(), type(member.schema(), depth + 1), isNullable(member.schema())));
                }
                yield members.isEmpty() ? Scalar.JSON : new DataType.StructType(members);
            }
            case ARRAY -> new DataType.ListType(type(single.getElementType(), depth + 1));
            case MAP -> new DataType.MapType(Scalar.TEXT, type(single.getValueType(), depth + 1));
            default -> {
                DataType type = SchemaOfColumns.columnType(single);
                yield type == null ? Scalar.JSON : type;
            }
        };
    }
}
