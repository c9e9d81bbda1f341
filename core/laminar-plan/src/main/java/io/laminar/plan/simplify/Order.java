package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression.Literal;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of constants, which is that of the values of columns. */
final class Order {

    private Order() {}

    /** Whether constants of a type can be compared here. */
    static boolean has(DataType type) {
        return TypeWidening.isNumeric(type)
                || type == Scalar.TEXT
                || type == Scalar.DATE
                || type == Scalar.TIME
                || type == Scalar.TIMESTAMP
                || type == Scalar.TIMESTAMPTZ
                || type == Scalar.INTERVAL;
    }

    /** Whether a type has no value between a whole number and the next. */
    static boolean isDiscrete(DataType type) {
        return has(type) && !TypeWidening.isFloating(type) && !(type instanceof Decimal) && type != Scalar.TEXT;
    }

    /** Two constants of a type that {@link #has} an order, neither of them NULL. */
    static int compare(Literal first, Literal second) {
        Object a = first.value();
        Object b = second.value();
        if (a instanceof String left && b instanceof String right) {
            // The order of code points, which UTF-16 does not keep.
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }
        if (a instanceof Double left && b instanceof Double right) {
            return doubles(left, right);
        }
        if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
            return left.compareTo(right);
        }
        return Long.compare(whole(first), whole(second));
    }

    static long whole(Literal literal) {
        return ((Number) java.util.Objects.requireNonNull(literal.value())).longValue();
    }

    /** NaN equals NaN and is the greatest; 0.0 equals -0.0. */
    private static int doubles(double a, double b) {
        if (a == b) {
            return 0;
        }
        return Double.compare(a, b);
    }
}
