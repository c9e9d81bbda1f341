package io.laminar.plan.expression;

import io.laminar.plan.expression.Expression.Literal;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Computes expressions that read no columns. The engine that can do so depends on plans, not the other way round: it is
 * found by {@link java.util.ServiceLoader}.
 */
public interface ConstantEvaluation {

    /** Where no engine is installed nothing is computed ahead. */
    ConstantEvaluation NONE = constants -> Map.of();

    /**
     * The values of some expressions. Those that fail, and those that may differ from one time to the next, have none.
     */
    Map<Expression, Literal> evaluate(List<Expression> constants);

    /** The engine on the class path. */
    static ConstantEvaluation installed() {
        return ServiceLoader.load(ConstantEvaluation.class, ConstantEvaluation.class.getClassLoader())
                .findFirst()
                .orElse(NONE);
    }
}
