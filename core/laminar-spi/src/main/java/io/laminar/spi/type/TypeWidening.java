package io.laminar.spi.type;

import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which types turn into which without being asked, and which one several of them share. */
public final class TypeWidening {
    private static final List<Scalar> INTEGERS = List.of(Scalar.TINYINT, Scalar.SMALLINT, Scalar.INT, Scalar.BIGINT);
    private static final int TO_DECIMAL = 5;
    private static final int TO_DOUBLE = 10;
    private static final int TO_TEXT_LIKE = 20;

    private TypeWidening() {}

    public static boolean isInteger(DataType type) {
        return type instanceof Scalar scalar && INTEGERS.contains(scalar);
    }

    public static boolean isFloating(DataType type) {
        return type == Scalar.FLOAT || type == Scalar.DOUBLE;
    }

    public static boolean isNumeric(DataType type) {
        return isInteger(type) || isFloating(type) || type instanceof Decimal;
    }

    /** The DECIMAL that holds every value of an integer type. */
    public static Decimal decimalOf(DataType integer) {
        return switch ((Scalar) integer) {
            case TINYINT -> new Decimal(3, 0);
            case SMALLINT -> new Decimal(5, 0);
            case INT -> new Decimal(10, 0);
            default -> new Decimal(19, 0);
        };
    }

    /** How far it is from one type to another that holds all its values: 0 for the same, empty if there is no way. */
    public static OptionalInt cost(DataType from, DataType to) {
        if (from.equals(to) || from == Scalar.NULL) {
            return OptionalInt.of(0);
        }
        if (isInteger(from) && isInteger(to)) {
            int steps = INTEGERS.indexOf((Scalar) to) - INTEGERS.indexOf((Scalar) from);
            return steps > 0 ? OptionalInt.of(steps) : OptionalInt.empty();
        }
        if (to instanceof Decimal target) {
            if (isInteger(from)) {
                int digits = decimalOf(from).precision();
                return target.precision() - target.scale() >= digits ? OptionalInt.of(TO_DECIMAL) : OptionalInt.empty();
            }
            return from instanceof Decimal source
                            && target.scale() >= source.scale()
                            && target.precision() - target.scale() >= source.precision() - source.scale()
                    ? OptionalInt.of(1)
                    : OptionalInt.empty();
        }
        if (to == Scalar.DOUBLE && isNumeric(from)) {
            return OptionalInt.of(from == Scalar.FLOAT ? 1 : TO_DOUBLE);
        }
        if (to == Scalar.FLOAT && (isInteger(from) || from instanceof Decimal)) {
            return OptionalInt.of(TO_DOUBLE + 1);
        }
        if (from == Scalar.DATE && (to == Scalar.TIMESTAMP || to == Scalar.TIMESTAMPTZ)) {
            return OptionalInt.of(2);
        }
        if ((from == Scalar.TIMESTAMP && to == Scalar.TIMESTAMPTZ)
                || (from == Scalar.TIMESTAMPTZ && to == Scalar.TIMESTAMP)) {
            return OptionalInt.of(1);
        }
        if ((from == Scalar.JSON && to == Scalar.TEXT) || (from == Scalar.TEXT && to == Scalar.JSON)) {
            return OptionalInt.of(TO_TEXT_LIKE);
        }
        if (from instanceof ListType source && to instanceof ListType target) {
            return cost(source.element(), target.element());
        }
        if (from instanceof MapType source && to instanceof MapType target) {
            OptionalInt key = cost(source.key(), target.key());
            OptionalInt value = cost(source.value(), target.value());
            return key.isPresent() && value.isPresent()
                    ? OptionalInt.of(key.getAsInt() + value.getAsInt())
                    : OptionalInt.empty();
        }
        if (from instanceof StructType source && to instanceof StructType target) {
            return structCost(source, target);
        }
        return OptionalInt.empty();
    }

    private static OptionalInt structCost(StructType from, StructType to) {
        if (from.fields().size() != to.fields().size()) {
            return OptionalInt.empty();
        }
        int total = 0;
        for (int i = 0; i < to.fields().size(); i++) {
            OptionalInt member =
                    cost(from.fields().get(i).type(), to.fields().get(i).type());
            if (member.isEmpty()) {
                return member;
            }
            total += member.getAsInt();
        }
        return OptionalInt.of(total);
    }

    /** The narrowest type that all of these turn into; empty if there is none. */
    public static Optional<DataType> common(List<DataType> types) {
        DataType result = Scalar.NULL;
        for (DataType type : types) {
            if (cost(type, result).isPresent() && result != Scalar.NULL) {
                continue;
            }
            if (cost(result, type).isPresent()) {
                result = type;
                continue;
            }
            Optional<DataType> wider = widerDecimal(result, type);
            if (wider.isEmpty()) {
                return Optional.empty();
            }
            result = wider.get();
        }
        return Optional.of(result);
    }

    private static Optional<DataType> widerDecimal(DataType left, DataType right) {
        Optional<Decimal> a = asDecimal(left);
        Optional<Decimal> b = asDecimal(right);
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        int scale = Math.max(a.get().scale(), b.get().scale());
        int digits = Math.max(
                a.get().precision() - a.get().scale(),
                b.get().precision() - b.get().scale());
        return digits + scale <= Decimal.MAX_PRECISION
                ? Optional.of(new Decimal(digits + scale, scale))
                : Optional.of(Scalar.DOUBLE);
    }

    private static Optional<Decimal> asDecimal(DataType type) {
        if (type instanceof Decimal decimal) {
            return Optional.of(decimal);
        }
        return isInteger(type) ? Optional.of(decimalOf(type)) : Optional.empty();
    }
}
