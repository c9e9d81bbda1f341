package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression.Literal;
import io.laminar.spi.batch.ValueOrder;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.util.Objects;

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
        return ValueOrder.compare(Objects.requireNonNull(first.value()), Objects.requireNonNull(second.value()));
    }

    static long whole(Literal literal) {
        return ((Number) Objects.requireNonNull(literal.value())).longValue();
    }
}
