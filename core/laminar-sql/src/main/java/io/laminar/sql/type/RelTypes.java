package io.laminar.sql.type;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Laminar's types as Calcite's and back. JSON is VARIANT, FLOAT is REAL, TIMESTAMPTZ has a local time zone. */
public final class RelTypes {
    private static final int INTERVAL_DIGITS = 10;

    private RelTypes() {}

    public static RelDataType of(RelDataTypeFactory factory, DataType type, boolean nullable) {
        return factory.createTypeWithNullability(notNull(factory, type), nullable);
    }

    /** The row type of a table. */
    public static RelDataType row(RelDataTypeFactory factory, Schema schema) {
        RelDataTypeFactory.Builder row = factory.builder();
        for (Field field : schema.fields()) {
            row.add(field.name(), of(factory, field.type(), field.nullable()));
        }
        return row.build();
    }

    private static RelDataType notNull(RelDataTypeFactory factory, DataType type) {
        if (type instanceof Scalar scalar) {
            return scalar(factory, scalar);
        }
        if (type instanceof Decimal decimal) {
            return factory.createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
        }
        if (type instanceof ListType list) {
            return factory.createArrayType(of(factory, list.element(), true), -1);
        }
        if (type instanceof MapType map) {
            return factory.createMapType(of(factory, map.key(), true), of(factory, map.value(), true));
        }
        // Members count as nullable: Calcite spreads the nullability of a struct over its members.
        RelDataTypeFactory.Builder struct = factory.builder().kind(StructKind.PEEK_FIELDS_NO_EXPAND);
        for (Field field : ((StructType) type).fields()) {
            struct.add(field.name(), of(factory, field.type(), true));
        }
        return struct.build();
    }

    private static RelDataType scalar(RelDataTypeFactory factory, Scalar type) {
        return switch (type) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INT -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case TEXT ->
                factory.createTypeWithCharsetAndCollation(
                        factory.createSqlType(SqlTypeName.VARCHAR), factory.getDefaultCharset(), SqlCollation.IMPLICIT);
            case BYTES -> factory.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, LaminarTypeSystem.TIME_PRECISION);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, LaminarTypeSystem.TIME_PRECISION);
            case TIMESTAMPTZ ->
                factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, LaminarTypeSystem.TIME_PRECISION);
            case INTERVAL -> interval(factory, TimeUnit.DAY, TimeUnit.SECOND);
            case INTERVAL_MONTHS -> interval(factory, TimeUnit.YEAR, TimeUnit.MONTH);
            case JSON -> factory.createSqlType(SqlTypeName.VARIANT);
            case NULL -> factory.createSqlType(SqlTypeName.NULL);
        };
    }

    private static RelDataType interval(RelDataTypeFactory factory, TimeUnit from, TimeUnit to) {
        return factory.createSqlIntervalType(new SqlIntervalQualifier(
                from, INTERVAL_DIGITS, to, LaminarTypeSystem.TIME_PRECISION, SqlParserPos.ZERO));
    }

    /** The type, without nullability. */
    public static DataType from(RelDataType type) {
        return tryFrom(type).orElseThrow(() -> new IllegalArgumentException("no type of Laminar: " + type));
    }

    /** The type, without nullability; empty for types the dialect does not have. */
    public static Optional<DataType> tryFrom(RelDataType type) {
        if (type.isStruct()) {
            return struct(type);
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Optional.of(Scalar.BOOLEAN);
            case TINYINT -> Optional.of(Scalar.TINYINT);
            case SMALLINT -> Optional.of(Scalar.SMALLINT);
            case INTEGER -> Optional.of(Scalar.INT);
            case BIGINT -> Optional.of(Scalar.BIGINT);
            case REAL -> Optional.of(Scalar.FLOAT);
            case FLOAT, DOUBLE -> Optional.of(Scalar.DOUBLE);
            case DECIMAL -> decimal(type);
            case CHAR, VARCHAR -> Optional.of(Scalar.TEXT);
            case BINARY, VARBINARY -> Optional.of(Scalar.BYTES);
            case DATE -> Optional.of(Scalar.DATE);
            case TIME -> Optional.of(Scalar.TIME);
            case TIMESTAMP -> Optional.of(Scalar.TIMESTAMP);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> Optional.of(Scalar.TIMESTAMPTZ);
            case VARIANT -> Optional.of(Scalar.JSON);
            // ANY is the type of what has been reported as an error.
            case NULL, ANY -> Optional.of(Scalar.NULL);
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> Optional.of(Scalar.INTERVAL_MONTHS);
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> Optional.of(Scalar.INTERVAL);
            case ARRAY ->
                tryFrom(Objects.requireNonNull(type.getComponentType())).map(ListType::new);
            case MAP -> map(type);
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> decimal(RelDataType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        boolean fits = precision >= 1 && precision <= Decimal.MAX_PRECISION && scale >= 0 && scale <= precision;
        return fits ? Optional.of(new Decimal(precision, scale)) : Optional.empty();
    }

    private static Optional<DataType> map(RelDataType type) {
        Optional<DataType> key = tryFrom(Objects.requireNonNull(type.getKeyType()));
        Optional<DataType> value = tryFrom(Objects.requireNonNull(type.getValueType()));
        return key.isPresent() && value.isPresent()
                ? Optional.of(new MapType(key.get(), value.get()))
                : Optional.empty();
    }

    private static Optional<DataType> struct(RelDataType type) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : type.getFieldList()) {
            Optional<DataType> member = tryFrom(field.getType());
            if (member.isEmpty()) {
                return Optional.empty();
            }
            fields.add(new Field(field.getName(), member.get()));
        }
        return Optional.of(new StructType(fields));
    }
}
