package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.ConstantEvaluation;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.ExpressionRewriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes what reads no columns once instead of for every row. What fails stays as it is: its row may never come. All
 * constants of a plan are computed together.
 */
public final class FoldConstants implements PlanPass {
    /** Longer texts are left to the job, plans stay readable. */
    private static final int LONGEST_TEXT = 1_000;

    private final ConstantEvaluation evaluation;

    public FoldConstants(ConstantEvaluation evaluation) {
        this.evaluation = evaluation;
    }

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Set<Expression> constants = new LinkedHashSet<>();
        ConstantParts parts = new ConstantParts();
        NodeExpressions search = NodeExpressions.each(expression -> {
            parts.collect(expression, constants);
            return expression;
        });
        new Consumers(plan).sinksFirst().forEach(search::replace);
        Map<Expression, Literal> values = constants.isEmpty() ? Map.of() : evaluation.evaluate(List.copyOf(constants));
        if (values.isEmpty()) {
            return plan;
        }
        NodeExpressions folded = NodeExpressions.each(new Folder(values)::rewrite);
        return Rewrite.of(plan, folded::replace);
    }

    private static final class Folder extends ExpressionRewriter {
        private final Map<Expression, Literal> values;

        Folder(Map<Expression, Literal> values) {
            this.values = values;
        }

        @Override
        public Expression rewrite(Expression expression) {
            Literal value = values.get(expression);
            return value == null || isLong(value) ? super.rewrite(expression) : value;
        }

        private static boolean isLong(Literal value) {
            return value.value() instanceof String text && text.length() > LONGEST_TEXT;
        }
    }
}
