package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import io.laminar.sql.type.TemporalLiteral;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Casts of expressions; literals are converted while planning where that is exact. */
final class Casts {

    private Casts() {}

    static Expression cast(Expression expression, DataType type) {
        return cast(expression, type, false);
    }

    static Expression cast(Expression expression, DataType type, boolean lenient) {
        if (expression.type().equals(type)) {
            return expression;
        }
        if (expression instanceof Literal literal) {
            Literal converted = literal(literal, type);
            if (converted != null) {
                return converted;
            }
        }
        return new Expression.Cast(expression, type, lenient || expression.nullable(), lenient);
    }

    /** The literal in another type; null where only the running job can tell. */
    private static @Nullable Literal literal(Literal literal, DataType type) {
        Object value = literal.value();
        if (value == null) {
            return new Literal(null, type);
        }
        if (value instanceof String text) {
            return TemporalLiteral.reads(type) ? new Literal(TemporalLiteral.parse(type, text), type) : null;
        }
        if (!TypeWidening.isNumeric(literal.type()) || !TypeWidening.isNumeric(type)) {
            return null;
        }
        BigDecimal number = value instanceof BigDecimal exact ? exact : exact(value);
        return number == null ? null : number(number, type);
    }

    private static @Nullable BigDecimal exact(Object value) {
        if (value instanceof Double floating) {
            return floating.isNaN() || floating.isInfinite() ? null : new BigDecimal(floating);
        }
        return BigDecimal.valueOf(((Number) value).longValue());
    }

    private static @Nullable Literal number(BigDecimal number, DataType type) {
        if (type instanceof Decimal decimal) {
            return fits(number, decimal) ? new Literal(number.setScale(decimal.scale()), type) : null;
        }
        if (type == Scalar.DOUBLE) {
            return new Literal(number.doubleValue(), type);
        }
        if (type == Scalar.FLOAT) {
            return new Literal((double) number.floatValue(), type);
        }
        if (number.stripTrailingZeros().scale() > 0 || number.abs().compareTo(limit((Scalar) type)) > 0) {
            return null;
        }
        return new Literal(type == Scalar.BIGINT ? (Object) number.longValue() : (Object) number.intValue(), type);
    }

    private static boolean fits(BigDecimal number, Decimal type) {
        BigDecimal stripped = number.stripTrailingZeros();
        int scale = Math.max(0, stripped.scale());
        return scale <= type.scale() && stripped.precision() - stripped.scale() <= type.precision() - type.scale();
    }

    private static BigDecimal limit(Scalar integer) {
        return switch (integer) {
            case TINYINT -> BigDecimal.valueOf(Byte.MAX_VALUE);
            case SMALLINT -> BigDecimal.valueOf(Short.MAX_VALUE);
            case INT -> BigDecimal.valueOf(Integer.MAX_VALUE);
            default -> BigDecimal.valueOf(Long.MAX_VALUE);
        };
    }
}
