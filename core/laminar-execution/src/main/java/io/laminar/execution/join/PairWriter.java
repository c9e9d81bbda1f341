package io.laminar.execution.join;

import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects pairs of rows that match by key and time, checks the rest of the condition batch by batch, remembers which
 * rows have found a match, and emits what the type of the join wants. Also emits rows that found none.
 */
final class PairWriter {

    /** The event times of result rows. */
    @FunctionalInterface
    interface PairTimes {
        long[] of(int[] leftRows, int[] rightRows, int count);
    }

    private final JoinParts parts;
    private final SideRows left;
    private final SideRows right;
    private final PairTimes times;
    private final @Nullable PairCondition condition;
    private final Column[] absent;
    private final int[] leftRows = new int[Batch.TARGET_ROWS];
    private final int[] rightRows = new int[Batch.TARGET_ROWS];
    private int count;
    private @Nullable OperatorContext context;

    PairWriter(JoinParts parts, SideRows left, SideRows right, PairTimes times) {
        this.parts = parts;
        this.left = left;
        this.right = right;
        this.times = times;
        this.condition = PairCondition.of(parts, ExpressionCompiler.builtin());
        this.absent = new Column[parts.outputs().size()];
    }

    void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    /** Adds a pair. */
    void add(int leftRow, int rightRow, Output out) {
        leftRows[count] = leftRow;
        rightRows[count++] = rightRow;
        if (count == leftRows.length) {
            flush(out);
        }
    }

    /** Whether a row of the left side needs no more matches: those that a semi or anti join knows about already. */
    boolean isSettled(int leftRow) {
        return !parts.type().pairs() && left.isMatched(leftRow);
    }

    /** Emits the pairs collected that meet the condition. */
    void flush(Output out) {
        int kept = count;
        count = 0;
        if (kept > 0 && condition != null) {
            kept = condition.filter(
                    left.rows(),
                    right.rows(),
                    leftRows,
                    rightRows,
                    kept,
                    java.util.Objects.requireNonNull(context, "not open").evaluation());
        }
        if (parts.type() == JoinType.SEMI) {
            kept = firstOfEach(kept);
        }
        for (int i = 0; i < kept; i++) {
            left.match(leftRows[i]);
            right.match(rightRows[i]);
        }
        if (kept > 0 && parts.type() != JoinType.ANTI) {
            emitPairs(kept, out);
        }
    }

    /** Keeps one pair of every left row that has left with none before. */
    private int firstOfEach(int pairs) {
        int kept = 0;
        for (int i = 0; i < pairs; i++) {
            if (!left.isMatched(leftRows[i])) {
                left.match(leftRows[i]);
                leftRows[kept] = leftRows[i];
                rightRows[kept++] = rightRows[i];
            }
        }
        return kept;
    }

    private void emitPairs(int pairs, Output out) {
        int width = parts.left().schema().size();
        Column[] columns = new Column[parts.outputs().size()];
        for (int c = 0; c < columns.length; c++) {
            int output = parts.outputs().get(c);
            columns[c] = output < width
                    ? left.rows().gather(output, leftRows, pairs)
                    : right.rows().gather(output - width, rightRows, pairs);
        }
        out.emit(new Batch(pairs, columns, times.of(leftRows, rightRows, pairs), null));
    }

    // Rows without a match
    // ----------------------------------------------------------------------------------------------

    /** Emits rows of the left side with NULL in the columns of the right one. */
    void emitLeft(int[] rows, long[] rowTimes, int size, Output out) {
        emitAlone(left, true, rows, rowTimes, size, out);
    }

    /** Emits rows of the right side with NULL in the columns of the left one. */
    void emitRight(int[] rows, long[] rowTimes, int size, Output out) {
        emitAlone(right, false, rows, rowTimes, size, out);
    }

    private void emitAlone(SideRows side, boolean isLeft, int[] rows, long[] rowTimes, int size, Output out) {
        int width = parts.left().schema().size();
        for (int from = 0; from < size; from += Batch.TARGET_ROWS) {
            int chunk = Math.min(Batch.TARGET_ROWS, size - from);
            int[] ids = from == 0 ? rows : Arrays.copyOfRange(rows, from, from + chunk);
            Column[] columns = new Column[parts.outputs().size()];
            for (int c = 0; c < columns.length; c++) {
                int output = parts.outputs().get(c);
                boolean own = output < width == isLeft;
                columns[c] = own ? side.rows().gather(isLeft ? output : output - width, ids, chunk) : absent(c, chunk);
            }
            out.emit(new Batch(chunk, columns, Arrays.copyOfRange(rowTimes, from, from + chunk), null));
        }
    }

    /** A column of NULLs. */
    private Column absent(int output, int size) {
        Column known = absent[output];
        if (known == null) {
            DataType type = parts.schema().type(output);
            ColumnBuilder builder = ColumnBuilder.of(type, Batch.TARGET_ROWS);
            for (int i = 0; i < Batch.TARGET_ROWS; i++) {
                builder.appendNull();
            }
            known = builder.build();
            absent[output] = known;
        }
        return known.slice(0, size);
    }
}
