package io.laminar.execution.join;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A condition over pairs of rows, evaluated for many pairs at once. Only the columns that it reads are brought together. */
final class JoinCondition {
    private final int[] columns;
    private final int leftWidth;
    private final CompiledExpressions expressions;
    private int[] numbers = new int[0];

    /**
     * @param pair columns of the left side and behind them those of the right one
     * @param leftWidth number of columns of the left side
     */
    JoinCondition(Expression condition, Schema pair, int leftWidth, ExpressionCompiler compiler) {
        BitSet used = new BitSet();
        Expressions.collectInputs(condition, used);
        this.columns = used.stream().toArray();
        this.leftWidth = leftWidth;
        List<Field> fields = new ArrayList<>();
        for (int column : columns) {
            fields.add(pair.field(column));
        }
        fields.add(new Field("pair", Scalar.INT, false));
        Expression moved =
                Expressions.moveInputs(condition, column -> used.get(0, column).cardinality());
        Expression number = new Expression.Input(columns.length, Scalar.INT, false);
        this.expressions = compiler.compile(new Schema(fields), moved, List.of(number), null);
    }

    /**
     * Finds the pairs that meet the condition: rows of a batch of one side and rows of the store of the other.
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
        Column[] pair = new Column[columns.length + 1];
        for (int c = 0; c < columns.length; c++) {
            boolean left = columns[c] < leftWidth;
            int column = left ? columns[c] : columns[c] - leftWidth;
            pair[c] = left == (input == JoinSide.LEFT)
                    ? batch.column(column).gather(rows, count)
                    : others.gather(column, ids, count);
        }
        if (numbers.length < count) {
            numbers = IntStream.range(0, count).toArray();
        }
        pair[columns.length] = new IntColumn(numbers, null, count);
        Batch found = expressions.evaluate(new Batch(count, pair, rowtimes, null), context);
        if (found == null) {
            return 0;
        }
        int[] passed = ((IntColumn) found.column(0)).values();
        System.arraycopy(passed, 0, kept, 0, found.size());
        return found.size();
    }
}
