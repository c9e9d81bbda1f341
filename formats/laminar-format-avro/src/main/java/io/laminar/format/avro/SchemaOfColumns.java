package io.laminar.format.avro;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** The schema that the columns of a table come to, and the column type that a schema comes to. */
final class SchemaOfColumns {
    static final String KEY = "key";
    static final String VALUE = "value";
    private static final String NAMESPACE = "laminar";

    private SchemaOfColumns() {}

    /**
     * A record with one field per column.
     *
     * @throws LaminarException INVALID_SCHEMA for names that Avro does not take
     */
    static Schema of(io.laminar.spi.type.Schema columns) {
        return record("Record", NAMESPACE, columns.fields(), "");
    }

    private static Schema record(String name, String namespace, List<Field> fields, String prefix) {
        List<Schema.Field> members = new ArrayList<>();
        for (Field field : fields) {
            checkName(field.name(), prefix + field.name());
            members.add(field(field, namespace + "." + name, prefix));
        }
        return Schema.createRecord(name, null, namespace, false, members);
    }

    /** One column as a field; the types it needs are named in {@code namespace}. */
    static Schema.Field field(Field field, String namespace, String prefix) {
        Schema type = type(field.type(), namespace, field.name(), prefix + field.name());
        if (!field.nullable()) {
            return new Schema.Field(field.name(), type);
        }
        return new Schema.Field(field.name(), nullable(type), null, Schema.Field.NULL_DEFAULT_VALUE);
    }

    static void checkName(String name, String path) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "column '" + path + "': Avro takes names of letters, digits and _ only",
                    "give the column another name");
        }
    }

    private static Schema nullable(Schema type) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    }

    private static Schema type(DataType type, String namespace, String name, String path) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar);
        } else if (type instanceof DataType.Decimal decimal) {
            return LogicalTypes.decimal(decimal.precision(), decimal.scale())
                    .addToSchema(Schema.create(Schema.Type.BYTES));
        } else if (type instanceof DataType.ListType list) {
            return Schema.createArray(nullable(type(list.element(), namespace, name, path + "[]")));
        } else if (type instanceof DataType.MapType map) {
            return map(map, namespace, name, path);
        }
        return record(name, namespace, ((DataType.StructType) type).fields(), path + ".");
    }

    private static Schema map(DataType.MapType map, String namespace, String name, String path) {
        if (map.key() == Scalar.TEXT) {
            return Schema.createMap(nullable(type(map.value(), namespace, name, path + "{}")));
        }
        List<Field> entry = List.of(new Field(KEY, map.key(), false), new Field(VALUE, map.value()));
        return Schema.createArray(record(name + "_entry", namespace, entry, path + " "));
    }

    private static Schema scalar(Scalar type) {
        SchemaBuilder.TypeBuilder<Schema> plain = SchemaBuilder.builder();
        return switch (type) {
            case BOOLEAN, NULL -> plain.booleanType();
            case TINYINT, SMALLINT, INT -> plain.intType();
            case BIGINT, INTERVAL, INTERVAL_MONTHS -> plain.longType();
            case FLOAT -> plain.floatType();
            case DOUBLE -> plain.doubleType();
            case TEXT, JSON -> plain.stringType();
            case BYTES -> plain.bytesType();
            case DATE -> LogicalTypes.date().addToSchema(plain.intType());
            case TIME -> LogicalTypes.timeMicros().addToSchema(plain.longType());
            case TIMESTAMP -> LogicalTypes.localTimestampMicros().addToSchema(plain.longType());
            case TIMESTAMPTZ -> LogicalTypes.timestampMicros().addToSchema(plain.longType());
        };
    }

    /** Whether a schema is an entry of a map: a record of a key and a value. */
    static boolean isEntry(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                && schema.getFields().size() == 2
                && schema.getField(KEY) != null
                && schema.getField(VALUE) != null;
    }

    /** The column type that holds the values of a schema; null where only JSON does. */
    static @Nullable DataType columnType(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case BOOLEAN -> Scalar.BOOLEAN;
            case INT ->
                logical instanceof LogicalTypes.Date
                        ? Scalar.DATE
                        : logical instanceof LogicalTypes.TimeMillis ? Scalar.TIME : Scalar.INT;
            case LONG -> longType(logical);
            case FLOAT -> Scalar.FLOAT;
            case DOUBLE -> Scalar.DOUBLE;
            case STRING, ENUM -> Scalar.TEXT;
            case BYTES, FIXED ->
                logical instanceof LogicalTypes.Decimal decimal
                                && decimal.getPrecision() <= DataType.Decimal.MAX_PRECISION
                        ? new DataType.Decimal(decimal.getPrecision(), decimal.getScale())
                        : logical instanceof LogicalTypes.Uuid ? Scalar.TEXT : Scalar.BYTES;
            case ARRAY -> {
                DataType element = columnType(schema.getElementType());
                yield element == null ? null : new DataType.ListType(element);
            }
            case MAP -> {
                DataType value = columnType(schema.getValueType());
                yield value == null ? null : new DataType.MapType(Scalar.TEXT, value);
            }
            case UNION -> {
                Schema single = RecordBinding.withoutNull(schema);
                yield single == null ? Scalar.JSON : columnType(single);
            }
            case RECORD, NULL -> null;
        };
    }

    private static DataType longType(@Nullable LogicalType logical) {
        if (logical instanceof LogicalTypes.TimeMicros) {
            return Scalar.TIME;
        } else if (logical instanceof LogicalTypes.TimestampMillis
                || logical instanceof LogicalTypes.TimestampMicros
                || logical instanceof LogicalTypes.TimestampNanos) {
            return Scalar.TIMESTAMPTZ;
        } else if (logical instanceof LogicalTypes.LocalTimestampMillis
                || logical instanceof LogicalTypes.LocalTimestampMicros
                || logical instanceof LogicalTypes.LocalTimestampNanos) {
            return Scalar.TIMESTAMP;
        }
        return Scalar.BIGINT;
    }
}
