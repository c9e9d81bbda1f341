package io.laminar.execution.join;

import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.expression.PairFilter;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.function.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** What pairs of rows of two stores have to meet beside their keys and times. */
final class PairCondition {
    private final PairFilter filter;
    private final int leftWidth;
    private final long[] times = new long[Batch.TARGET_ROWS];
    private final int[] kept = new int[Batch.TARGET_ROWS];

    private PairCondition(Expression condition, JoinParts parts, ExpressionCompiler compiler) {
        this.leftWidth = parts.left().schema().size();
        this.filter = new PairFilter(condition, parts.pair(), compiler);
    }

    /** Null if a join has no such condition. */
    static @Nullable PairCondition of(JoinParts parts, ExpressionCompiler compiler) {
        Expression condition = parts.condition();
        return condition == null ? null : new PairCondition(condition, parts, compiler);
    }

    /**
     * Moves the pairs that meet the condition to the front.
     *
     * @param count at most {@link Batch#TARGET_ROWS}
     * @return how many they are
     */
    int filter(
            RowStore left, RowStore right, int[] leftRows, int[] rightRows, int count, EvaluationContext evaluation) {
        PairFilter.Pairs pairs = column -> column < leftWidth
                ? left.gather(column, leftRows, count)
                : right.gather(column - leftWidth, rightRows, count);
        int met = filter.filter(pairs, count, times, evaluation, kept);
        for (int i = 0; i < met; i++) {
            leftRows[i] = leftRows[kept[i]];
            rightRows[i] = rightRows[kept[i]];
        }
        return met;
    }
}
