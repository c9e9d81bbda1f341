package io.laminar.sql.type;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.TypeWidening;

/** Which types CAST converts, and which an INSERT converts without being asked. */
public final class Conversions {

    private Conversions() {}

    /** Whether a column of a query may be inserted into a column of a table as it is: lossless, or into text. */
    public static boolean insertable(DataType from, DataType to) {
        return TypeWidening.cost(from, to).isPresent() || to == Scalar.TEXT;
    }

    /** Whether CAST knows a way from one type to another; single values may still fail. */
    public static boolean castable(DataType from, DataType to) {
        if (from == Scalar.NULL || from.equals(to) || to == Scalar.TEXT || from == Scalar.TEXT || to == Scalar.JSON) {
            return true;
        }
        if (from == Scalar.JSON) {
            return true;
        }
        if (TypeWidening.isNumeric(from)) {
            return TypeWidening.isNumeric(to) || to == Scalar.BOOLEAN;
        }
        if (from instanceof ListType a && to instanceof ListType b) {
            return castable(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return castable(a.key(), b.key()) && castable(a.value(), b.value());
        }
        if (from instanceof StructType a && to instanceof StructType b) {
            return structCastable(a, b);
        }
        return from instanceof Scalar scalar && scalarCastable(scalar, to);
    }

    private static boolean scalarCastable(Scalar from, DataType to) {
        return switch (from) {
            case BOOLEAN -> TypeWidening.isInteger(to);
            case DATE -> to == Scalar.TIMESTAMP || to == Scalar.TIMESTAMPTZ;
            case TIMESTAMP, TIMESTAMPTZ ->
                to == Scalar.TIMESTAMP || to == Scalar.TIMESTAMPTZ || to == Scalar.DATE || to == Scalar.TIME;
            case TIME -> to == Scalar.INTERVAL;
            default -> false;
        };
    }

    private static boolean structCastable(StructType from, StructType to) {
        if (from.fields().size() != to.fields().size()) {
            return false;
        }
        for (int i = 0; i < to.fields().size(); i++) {
            if (!castable(from.fields().get(i).type(), to.fields().get(i).type())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the type is a DECIMAL that an integer or decimal literal may narrow to. */
    public static boolean isExact(DataType type) {
        return type instanceof Decimal || TypeWidening.isInteger(type);
    }
}
