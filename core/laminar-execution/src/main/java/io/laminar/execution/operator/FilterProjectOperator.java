package io.laminar.execution.operator;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.function.EvaluationContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows that meet a condition and computes new columns and event times for them. Row kinds pass as they are: a
 * row and its retraction have equal columns and meet the same fate, since the planner puts no volatile expressions over
 * changelogs.
 */
public final class FilterProjectOperator implements Operator {
    private final CompiledExpressions expressions;
    private @Nullable EvaluationContext evaluation;

    public FilterProjectOperator(FilterProjectNode node, ExpressionCompiler compiler) {
        this.expressions =
                compiler.compile(node.input().schema(), node.condition(), node.projections(), node.rowtime());
    }

    @Override
    public void open(OperatorContext context) {
        evaluation = context.evaluation();
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (batch.size() == 0) {
            return;
        }
        Batch result = expressions.evaluate(batch, Objects.requireNonNull(evaluation, "not open"));
        if (result != null) {
            out.emit(result);
        }
    }
}
