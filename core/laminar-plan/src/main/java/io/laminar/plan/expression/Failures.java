package io.laminar.plan.expression;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;

/** Which expressions may fail for some row. What cannot may be evaluated for rows that another step would have left out. */
public final class Failures {

    private Failures() {}

    /** Whether some values of its columns make an expression fail. Functions always may. */
    public static boolean possible(Expression expression) {
        boolean[] found = new boolean[1];
        new ExpressionRewriter() {
            @Override
            public Expression visitCall(Expression.Call call) {
                found[0] |= fails(call);
                return super.visitCall(call);
            }

            @Override
            public Expression visitFunctionCall(Expression.FunctionCall call) {
                found[0] = true;
                return call;
            }

            @Override
            public Expression visitCast(Expression.Cast cast) {
                found[0] |= !cast.lenient() && !widens(cast.argument().type(), cast.type());
                return super.visitCast(cast);
            }
        }.rewrite(expression);
        return found[0];
    }

    private static boolean fails(Expression.Call call) {
        return switch (call.operation()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE, MAP, CONCAT -> true;
            case LIKE, ILIKE, SIMILAR_TO -> !(call.arguments().get(1) instanceof Expression.Literal);
            default -> false;
        };
    }

    private static boolean widens(DataType from, DataType to) {
        boolean numbers = TypeWidening.isNumeric(from) && TypeWidening.isNumeric(to);
        boolean times = from == Scalar.DATE || from == Scalar.TIMESTAMP || from == Scalar.TIMESTAMPTZ;
        return from.equals(to)
                || ((numbers || times) && TypeWidening.cost(from, to).isPresent())
                || (to == Scalar.TEXT && TypeWidening.isNumeric(from));
    }
}
