package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition that compares a value with constants.
 *
 * @param operation a comparison, or IN
 * @param constants one, or the list of IN; none of them NULL
 */
record RangeTerm(Expression subject, Operation operation, List<Literal> constants) {

    /** A condition as a term of this kind; null if it is another one. */
    static @Nullable RangeTerm of(Expression condition) {
        if (!(condition instanceof Call call) || !isRange(call.operation())) {
            return null;
        }
        Expression subject = call.arguments().get(0);
        List<Literal> constants = new ArrayList<>();
        for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
            if (!(argument instanceof Literal literal) || literal.value() == null) {
                return null;
            }
            constants.add(literal);
        }
        boolean usable = Order.has(subject.type())
                && constants.stream().allMatch(c -> c.type().equals(subject.type()))
                && !(subject instanceof Literal)
                && !Expressions.isVolatile(subject);
        return usable ? new RangeTerm(subject, call.operation(), constants) : null;
    }

    private static boolean isRange(Operation operation) {
        return switch (operation) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN -> true;
            default -> false;
        };
    }

    Literal constant() {
        return constants.get(0);
    }

    /** Whether the value is one of the constants. */
    boolean names() {
        return operation == Operation.EQUAL || operation == Operation.IN;
    }

    boolean isLower() {
        return operation == Operation.GREATER || operation == Operation.GREATER_OR_EQUAL;
    }

    boolean isUpper() {
        return operation == Operation.LESS || operation == Operation.LESS_OR_EQUAL;
    }

    /** Whether the condition is true for a constant. */
    boolean admits(Literal value) {
        if (operation == Operation.IN) {
            return constants.stream().anyMatch(c -> Order.compare(c, value) == 0);
        }
        int order = Order.compare(value, constant());
        return switch (operation) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }

    /** The condition that a value is one of some constants. */
    static Expression oneOf(Expression subject, List<Literal> constants) {
        if (constants.size() == 1) {
            return Logic.call(Operation.EQUAL, subject, constants.get(0));
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(subject);
        arguments.addAll(constants);
        return Logic.call(Operation.IN, arguments);
    }

    /** Constants, each once. */
    static List<Literal> different(List<Literal> constants) {
        List<Literal> different = new ArrayList<>();
        for (Literal constant : constants) {
            if (different.stream().noneMatch(c -> Order.compare(c, constant) == 0)) {
                different.add(constant);
            }
        }
        return different;
    }
}
