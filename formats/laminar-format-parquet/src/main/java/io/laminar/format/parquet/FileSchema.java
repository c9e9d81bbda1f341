package io.laminar.format.parquet;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The columns of a table as a Parquet file declares them. */
final class FileSchema {
    /** Bytes of a decimal that does not fit a long. */
    static final int WIDE_DECIMAL = 16;

    private FileSchema() {}

    static MessageType of(Schema schema) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (Field field : schema.fields()) {
            message.addField(type(field));
        }
        return message.named("table");
    }

    private static Type type(Field field) {
        Repetition repetition = field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        DataType type = field.type();
        if (type instanceof Scalar scalar) {
            return scalar(scalar, repetition, field.name());
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal, repetition, field.name());
        } else if (type instanceof DataType.ListType list) {
            Type element = type(new Field("element", list.element()));
            return Types.list(repetition).element(element).named(field.name());
        } else if (type instanceof DataType.MapType map) {
            return Types.map(repetition)
                    .key(type(new Field("key", map.key(), false)))
                    .value(type(new Field("value", map.value())))
                    .named(field.name());
        }
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.buildGroup(repetition);
        for (Field member : ((DataType.StructType) type).fields()) {
            group.addField(type(member));
        }
        return group.named(field.name());
    }

    private static Type scalar(Scalar type, Repetition repetition, String name) {
        return switch (type) {
            case BOOLEAN, NULL -> plain(PrimitiveTypeName.BOOLEAN, null, repetition, name);
            case TINYINT -> plain(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true), repetition, name);
            case SMALLINT -> plain(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true), repetition, name);
            case INT -> plain(PrimitiveTypeName.INT32, null, repetition, name);
            case BIGINT, INTERVAL, INTERVAL_MONTHS -> plain(PrimitiveTypeName.INT64, null, repetition, name);
            case FLOAT -> plain(PrimitiveTypeName.FLOAT, null, repetition, name);
            case DOUBLE -> plain(PrimitiveTypeName.DOUBLE, null, repetition, name);
            case TEXT -> plain(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), repetition, name);
            case JSON -> plain(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType(), repetition, name);
            case BYTES -> plain(PrimitiveTypeName.BINARY, null, repetition, name);
            case DATE -> plain(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), repetition, name);
            case TIME ->
                plain(
                        PrimitiveTypeName.INT64,
                        LogicalTypeAnnotation.timeType(false, TimeUnit.MICROS),
                        repetition,
                        name);
            case TIMESTAMP -> timestamp(false, repetition, name);
            case TIMESTAMPTZ -> timestamp(true, repetition, name);
        };
    }

    private static Type timestamp(boolean zoned, Repetition repetition, String name) {
        return plain(
                PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(zoned, TimeUnit.MICROS), repetition, name);
    }

    private static Type plain(
            PrimitiveTypeName physical,
            @org.jspecify.annotations.Nullable LogicalTypeAnnotation logical,
            Repetition repetition,
            String name) {
        return Types.primitive(physical, repetition).as(logical).named(name);
    }

    private static Type decimal(DataType.Decimal type, Repetition repetition, String name) {
        LogicalTypeAnnotation logical = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
        return type.precision() <= DataType.Decimal.MAX_LONG_PRECISION
                ? plain(PrimitiveTypeName.INT64, logical, repetition, name)
                : Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                        .length(WIDE_DECIMAL)
                        .as(logical)
                        .named(name);
    }
}
