package io.laminar.execution.join;

import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.expression.PairFilter;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.expression.Expression;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.Schema;

/** A condition over pairs of a row of a batch of one side and one of the store of the other. */
final class JoinCondition {
    private final int leftWidth;
    private final PairFilter filter;

    /**
     * @param pair columns of the left side and behind them those of the right one
     * @param leftWidth number of columns of the left side
     */
    JoinCondition(Expression condition, Schema pair, int leftWidth, ExpressionCompiler compiler) {
        this.leftWidth = leftWidth;
        this.filter = new PairFilter(condition, pair, compiler);
    }

    /**
     * Finds the pairs that meet the condition.
     *
     * @param input side of the batch
     * @param rowtimes event times of the pairs
     * @param kept gets the numbers of the pairs found
     * @return how many were found
     */
    int test(
            int input,
            Batch batch,
            int[] rows,
            RowStore others,
            int[] ids,
            int count,
            long[] rowtimes,
            EvaluationContext context,
            int[] kept) {
        PairFilter.Pairs pairs = column -> {
            boolean left = column < leftWidth;
            int own = left ? column : column - leftWidth;
            return left == (input == JoinSide.LEFT)
                    ? batch.column(own).gather(rows, count)
                    : others.gather(own, ids, count);
        };
        return filter.filter(pairs, count, rowtimes, context, kept);
    }
}
