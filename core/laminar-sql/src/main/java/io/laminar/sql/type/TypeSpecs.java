package io.laminar.sql.type;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.sql.parser.IntervalTypeSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Types as they are written. */
public final class TypeSpecs {
    private static final List<String> NAMES = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "REAL",
            "DOUBLE",
            "DECIMAL",
            "NUMERIC",
            "TEXT",
            "VARCHAR",
            "STRING",
            "BYTEA",
            "BYTES",
            "BINARY",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMPTZ",
            "INTERVAL",
            "JSON",
            "UUID",
            "ARRAY",
            "MAP",
            "STRUCT");

    private TypeSpecs() {}

    /**
     * The type.
     *
     * @throws LaminarException UNKNOWN_TYPE at its place
     */
    public static DataType read(SqlDataTypeSpec spec) {
        return read(spec.getTypeNameSpec());
    }

    private static DataType read(SqlTypeNameSpec spec) {
        if (spec instanceof SqlCollectionTypeNameSpec collection) {
            return new ListType(read(collection.getElementTypeName()));
        }
        if (spec instanceof SqlMapTypeNameSpec map) {
            return new MapType(read(map.getKeyType()), read(map.getValType()));
        }
        if (spec instanceof SqlRowTypeNameSpec row) {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < row.getFieldNames().size(); i++) {
                SqlDataTypeSpec member = row.getFieldTypes().get(i);
                fields.add(new Field(row.getFieldNames().get(i).getSimple(), read(member)));
            }
            return new StructType(fields);
        }
        if (spec instanceof IntervalTypeSpec interval) {
            return interval.qualifier() != null && interval.qualifier().isYearMonth()
                    ? Scalar.INTERVAL_MONTHS
                    : Scalar.INTERVAL;
        }
        if (spec instanceof SqlBasicTypeNameSpec basic) {
            return basic(basic);
        }
        throw unknown(spec);
    }

    private static DataType basic(SqlBasicTypeNameSpec spec) {
        SqlTypeName name = SqlTypeName.get(spec.getTypeName().getSimple());
        if (name == null) {
            throw unknown(spec);
        }
        return switch (name) {
            case BOOLEAN -> Scalar.BOOLEAN;
            case TINYINT -> Scalar.TINYINT;
            case SMALLINT -> Scalar.SMALLINT;
            case INTEGER -> Scalar.INT;
            case BIGINT -> Scalar.BIGINT;
            case FLOAT, REAL -> Scalar.FLOAT;
            case DOUBLE -> Scalar.DOUBLE;
            case DECIMAL -> decimal(spec);
            case CHAR, VARCHAR -> Scalar.TEXT;
            case BINARY, VARBINARY -> Scalar.BYTES;
            case DATE -> Scalar.DATE;
            case TIME -> Scalar.TIME;
            case TIMESTAMP -> Scalar.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> Scalar.TIMESTAMPTZ;
            case VARIANT -> Scalar.JSON;
            default -> throw unknown(spec);
        };
    }

    private static Decimal decimal(SqlBasicTypeNameSpec spec) {
        int precision = spec.getPrecision() < 0 ? Decimal.MAX_PRECISION : spec.getPrecision();
        int scale = Math.max(0, spec.getScale());
        if (precision < 1 || precision > Decimal.MAX_PRECISION || scale > precision) {
            throw new LaminarException(
                    ErrorCode.UNKNOWN_TYPE,
                    "DECIMAL(" + precision + ", " + scale + ") cannot be",
                    place(spec.getParserPos()),
                    "up to 38 digits, and no more of them after the point than in all",
                    null);
        }
        return new Decimal(precision, scale);
    }

    private static LaminarException unknown(SqlTypeNameSpec spec) {
        String name = spec.getTypeName().toString();
        String hint = NearestName.hint(name, NAMES);
        return new LaminarException(
                ErrorCode.UNKNOWN_TYPE,
                "there is no type '" + name + "'",
                place(spec.getParserPos()),
                hint != null ? hint : "types are " + String.join(", ", NAMES),
                null);
    }

    private static Place.Sql place(SqlParserPos position) {
        return new Place.Sql(
                position.getLineNum(), position.getColumnNum(), position.getEndLineNum(), position.getEndColumnNum());
    }
}
