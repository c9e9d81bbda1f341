package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expression.Member;
import java.util.function.IntPredicate;

/**
 * Whether a condition leaves out rows in which some columns are NULL.
 *
 * @param nulls the columns that are NULL
 */
record NullRejection(IntPredicate nulls) {

    /** Whether a condition is not true for such a row. */
    boolean rejects(Expression condition) {
        if (condition instanceof Literal literal) {
            return !Boolean.TRUE.equals(literal.value());
        }
        if (!(condition instanceof Call call)) {
            return isNull(condition);
        }
        Expression first = call.arguments().get(0);
        return switch (call.operation()) {
            case AND -> call.arguments().stream().anyMatch(this::rejects);
            case OR -> call.arguments().stream().allMatch(this::rejects);
            case IS_TRUE -> rejects(first);
            case IS_NOT_NULL, IS_FALSE -> isNull(first);
            default -> isNull(call);
        };
    }

    /** Whether an expression is certainly NULL for such a row. */
    private boolean isNull(Expression expression) {
        if (expression instanceof Input input) {
            return nulls.test(input.index());
        } else if (expression instanceof Literal literal) {
            return literal.value() == null;
        } else if (expression instanceof Cast cast) {
            return isNull(cast.argument());
        } else if (expression instanceof Member member) {
            return isNull(member.struct());
        } else if (!(expression instanceof Call call)) {
            // A function may make something of NULL.
            return false;
        } else {
            return switch (call.operation()) {
                case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE ->
                    call.arguments().stream().anyMatch(this::isNull);
                case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, LIKE, ILIKE, SIMILAR_TO, NOT ->
                    call.arguments().stream().anyMatch(this::isNull);
                case IN -> isNull(call.arguments().get(0));
                default -> false;
            };
        }
    }
}
