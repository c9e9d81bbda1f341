package io.laminar.execution.expression;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.plan.expression.ConstantEvaluation;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import java.util.List;
import java.util.Map;

/** Computes constants for the planner, with the same code that evaluates expressions in a job. */
public final class PlanConstants implements ConstantEvaluation {

    @Override
    public Map<Expression, Literal> evaluate(List<Expression> constants) {
        FunctionRegistry functions = FunctionRegistry.builtin();
        ConstantFolder folder = new ConstantFolder(new ExpressionCompiler(functions), functions);
        folder.learn(constants);
        return folder.values();
    }
}
