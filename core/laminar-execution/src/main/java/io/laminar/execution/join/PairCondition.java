package io.laminar.execution.join;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.JoinParts;
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
import org.jspecify.annotations.Nullable;

/** What pairs have to meet beside their keys and times. */
final class PairCondition {
    private final CompiledExpressions compiled;
    private final int[] inputs;
    private final int leftWidth;
    private final long[] times = new long[Batch.TARGET_ROWS];
    private final int[] positions = new int[Batch.TARGET_ROWS];

    private PairCondition(Expression condition, JoinParts parts, ExpressionCompiler compiler) {
        BitSet used = new BitSet();
        Expressions.collectInputs(condition, used);
        this.inputs = used.stream().toArray();
        this.leftWidth = parts.left().schema().size();
        List<Field> fields = new ArrayList<>();
        Schema pair = parts.pair();
        for (int input : inputs) {
            fields.add(pair.field(input));
        }
        fields.add(new Field("position", Scalar.INT, false));
        Expression moved =
                Expressions.moveInputs(condition, input -> used.get(0, input).cardinality());
        Expression position = new Expression.Input(inputs.length, Scalar.INT, false);
        this.compiled = compiler.compile(new Schema(fields), moved, List.of(position), null);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
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
        Column[] columns = new Column[inputs.length + 1];
        for (int c = 0; c < inputs.length; c++) {
            columns[c] = inputs[c] < leftWidth
                    ? left.gather(inputs[c], leftRows, count)
                    : right.gather(inputs[c] - leftWidth, rightRows, count);
        }
        columns[inputs.length] = new IntColumn(positions, null, count);
        Batch met = compiled.evaluate(new Batch(count, columns, times, null), evaluation);
        if (met == null) {
            return 0;
        }
        int[] kept = ((IntColumn) met.column(0)).values();
        for (int i = 0; i < met.size(); i++) {
            leftRows[i] = leftRows[kept[i]];
            rightRows[i] = rightRows[kept[i]];
        }
        return met.size();
    }
}
