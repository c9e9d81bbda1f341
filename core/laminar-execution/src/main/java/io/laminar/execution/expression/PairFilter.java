package io.laminar.execution.expression;

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
public final class PairFilter {
    private final int[] columns;
    private final CompiledExpressions expressions;
    private int[] numbers = new int[0];

    /** Brings a column of the pairs together. */
    @FunctionalInterface
    public interface Pairs {
        /** @param column of the left side, or behind those of the right one */
        Column column(int column);
    }

    /** @param pair columns of the left side and behind them those of the right one */
    public PairFilter(Expression condition, Schema pair, ExpressionCompiler compiler) {
        BitSet used = new BitSet();
        Expressions.collectInputs(condition, used);
        this.columns = used.stream().toArray();
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
     * Finds the pairs that meet the condition.
     *
     * @param rowtimes event times of the pairs
     * @param kept gets the numbers of the pairs found, in ascending order
     * @return how many were found
     */
    public int filter(Pairs pairs, int count, long[] rowtimes, EvaluationContext context, int[] kept) {
        Column[] read = new Column[columns.length + 1];
        for (int c = 0; c < columns.length; c++) {
            read[c] = pairs.column(columns[c]);
        }
        if (numbers.length < count) {
            numbers = IntStream.range(0, count).toArray();
        }
        read[columns.length] = new IntColumn(numbers, null, count);
        Batch found = expressions.evaluate(new Batch(count, read, rowtimes, null), context);
        if (found == null) {
            return 0;
        }
        System.arraycopy(((IntColumn) found.column(0)).values(), 0, kept, 0, found.size());
        return found.size();
    }
}
