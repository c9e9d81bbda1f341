package io.laminar.execution.expression;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.execution.function.ScalarFunction;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Case;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expression.Member;
import io.laminar.plan.expression.Expression.Rowtime;
import io.laminar.plan.expression.Expressions;
import io.laminar.spi.function.Volatility;
import io.laminar.spi.type.Physical;
import java.util.IdentityHashMap;

/** What the compiler wants to know of expressions before it writes code for them. */
final class Traits {
    private final FunctionRegistry functions;
    private final IdentityHashMap<Expression, Trait> known = new IdentityHashMap<>();

    /**
     * @param volatility the least stable function within
     * @param constant whether no column is read
     * @param cheap whether it cannot fail and costs less than a branch that goes wrong
     * @param weight nearly the number of bytecodes it takes
     */
    record Trait(Volatility volatility, boolean constant, boolean cheap, int weight) {}

    Traits(FunctionRegistry functions) {
        this.functions = functions;
    }

    Trait of(Expression expression) {
        Trait trait = known.get(expression);
        if (trait == null) {
            trait = compute(expression);
            known.put(expression, trait);
        }
        return trait;
    }

    boolean isVolatile(Expression expression) {
        return of(expression).volatility() == Volatility.VOLATILE;
    }

    private Trait compute(Expression expression) {
        Volatility volatility = Volatility.IMMUTABLE;
        if (expression instanceof FunctionCall call) {
            volatility = functions
                    .find(call.signature())
                    .map(ScalarFunction::volatility)
                    .orElse(Volatility.IMMUTABLE);
        }
        boolean constant = !(expression instanceof Input || expression instanceof Rowtime);
        boolean cheap = isCheapItself(expression);
        int weight = ownWeight(expression);
        for (Expression child : Expressions.children(expression)) {
            Trait trait = of(child);
            volatility = volatility.compareTo(trait.volatility()) >= 0 ? volatility : trait.volatility();
            constant &= trait.constant();
            cheap &= trait.cheap();
            weight += trait.weight();
        }
        return new Trait(volatility, constant, cheap, Math.min(weight, 1 << 24));
    }

    private static boolean isCheapItself(Expression expression) {
        if (expression instanceof Call call) {
            return switch (call.operation()) {
                case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_DISTINCT, DISTINCT ->
                    isPrimitive(call.arguments().get(0));
                case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> true;
                default -> false;
            };
        }
        return expression instanceof Input
                || expression instanceof Rowtime
                || expression instanceof Literal
                || (expression instanceof Member && Slots.path(expression).isPresent());
    }

    private static boolean isPrimitive(Expression expression) {
        Physical physical = expression.type().physical();
        return physical == Physical.BOOLEAN
                || physical == Physical.INT
                || physical == Physical.LONG
                || physical == Physical.DOUBLE;
    }

    private static int ownWeight(Expression expression) {
        if (expression instanceof Literal) {
            return 3;
        }
        if (expression instanceof Input || expression instanceof Rowtime) {
            return 25;
        }
        if (expression instanceof FunctionCall call) {
            return 45 + 20 * call.arguments().size();
        }
        if (expression instanceof Cast) {
            return 60;
        }
        if (expression instanceof Case choice) {
            return 20 + 25 * choice.branches().size();
        }
        return 40 + 15 * Expressions.children(expression).size();
    }
}
