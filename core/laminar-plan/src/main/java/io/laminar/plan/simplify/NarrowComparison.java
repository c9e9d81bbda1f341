package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import org.jspecify.annotations.Nullable;

/** Comparisons of an integer that was made wider with a constant, as comparisons of the integer itself. */
final class NarrowComparison {

    private NarrowComparison() {}

    /** The comparison without its cast; null if it has none, or if the constant is none of the narrow type. */
    static @Nullable Expression of(Call comparison) {
        if (!(comparison.arguments().get(0) instanceof Cast cast)
                || !(comparison.arguments().get(1) instanceof Literal literal)
                || !TypeWidening.isInteger(cast.type())) {
            return null;
        }
        Expression narrow = cast.argument();
        boolean widens = TypeWidening.isInteger(narrow.type())
                && TypeWidening.cost(narrow.type(), cast.type()).isPresent();
        long value = Order.whole(literal);
        return widens && Math.abs(value) <= greatest(narrow.type())
                ? Logic.call(comparison.operation(), narrow, new Literal((int) value, narrow.type()))
                : null;
    }

    private static long greatest(DataType type) {
        return switch ((Scalar) type) {
            case TINYINT -> Byte.MAX_VALUE;
            case SMALLINT -> Short.MAX_VALUE;
            default -> Integer.MAX_VALUE;
        };
    }
}
