package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Builds conditions. */
final class Logic {
    static final Literal TRUE = new Literal(true, Scalar.BOOLEAN);
    static final Literal FALSE = new Literal(false, Scalar.BOOLEAN);
    static final Literal UNKNOWN = new Literal(null, Scalar.BOOLEAN);

    private Logic() {}

    static Call call(Operation operation, List<Expression> arguments) {
        boolean nullable =
                switch (operation) {
                    case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, DISTINCT, NOT_DISTINCT ->
                        false;
                    default -> arguments.stream().anyMatch(Expression::nullable);
                };
        return new Call(operation, arguments, Scalar.BOOLEAN, nullable);
    }

    static Call call(Operation operation, Expression... arguments) {
        return call(operation, List.of(arguments));
    }

    static boolean is(Expression expression, Operation operation) {
        return expression instanceof Call call && call.operation() == operation;
    }

    /** The arguments of nested calls of AND or of OR, or the expression alone. */
    static List<Expression> terms(Expression expression, Operation operation) {
        if (!is(expression, operation)) {
            return List.of(expression);
        }
        List<Expression> terms = new ArrayList<>();
        ((Call) expression).arguments().forEach(argument -> terms.addAll(terms(argument, operation)));
        return terms;
    }

    /** The terms as one condition; without terms what AND or OR of nothing is. */
    static Expression join(Operation operation, List<Expression> terms) {
        return switch (terms.size()) {
            case 0 -> operation == Operation.AND ? TRUE : FALSE;
            case 1 -> terms.get(0);
            default -> call(operation, terms);
        };
    }

    /** What is true where the condition is false, and false where it is true. */
    static Expression not(Expression condition) {
        if (condition instanceof Literal literal) {
            return literal.value() == null ? literal : literal.value().equals(true) ? FALSE : TRUE;
        }
        if (!(condition instanceof Call call)) {
            return call(Operation.NOT, condition);
        }
        if (call.operation() == Operation.NOT) {
            return call.arguments().get(0);
        }
        if (call.operation() == Operation.AND || call.operation() == Operation.OR) {
            Operation other = call.operation() == Operation.AND ? Operation.OR : Operation.AND;
            return call(other, call.arguments().stream().map(Logic::not).toList());
        }
        Operation opposite = opposite(call.operation());
        return opposite == Operation.NOT ? call(Operation.NOT, condition) : call(opposite, call.arguments());
    }

    /** The operation that gives the opposite for the same arguments; NOT if there is none. */
    private static Operation opposite(Operation operation) {
        return switch (operation) {
            case EQUAL -> Operation.NOT_EQUAL;
            case NOT_EQUAL -> Operation.EQUAL;
            case LESS -> Operation.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Operation.GREATER;
            case GREATER -> Operation.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Operation.LESS;
            case DISTINCT -> Operation.NOT_DISTINCT;
            case NOT_DISTINCT -> Operation.DISTINCT;
            case IS_NULL -> Operation.IS_NOT_NULL;
            case IS_NOT_NULL -> Operation.IS_NULL;
            case IS_TRUE -> Operation.IS_NOT_TRUE;
            case IS_NOT_TRUE -> Operation.IS_TRUE;
            case IS_FALSE -> Operation.IS_NOT_FALSE;
            case IS_NOT_FALSE -> Operation.IS_FALSE;
            default -> Operation.NOT;
        };
    }
}
