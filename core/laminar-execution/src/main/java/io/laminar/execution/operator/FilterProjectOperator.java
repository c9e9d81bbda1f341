package io.laminar.execution.operator;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.user.RowFailure;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.Schema;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows that meet a condition and computes new columns and event times for them. Row kinds pass as they are: a
 * row and its retraction have equal columns and meet the same fate, since the planner puts no volatile expressions over
 * changelogs.
 */
public final class FilterProjectOperator implements Operator {
    /** Counts rows left out because a user function failed. */
    public static final String BAD_RECORDS = "bad_records";

    private final CompiledExpressions expressions;
    private final Schema schema;
    /** Columns that refuse NULL although their expressions can give it. */
    private final int[] required;

    /** Whether updates can become redundant: some column of the input is not passed on as it is. */
    private final boolean narrows;

    private @Nullable OperatorContext context;

    public FilterProjectOperator(FilterProjectNode node, ExpressionCompiler compiler) {
        this.expressions =
                compiler.compile(node.input().schema(), node.condition(), node.projections(), node.rowtime());
        this.schema = node.schema();
        this.narrows = IntStream.range(0, node.input().schema().size()).anyMatch(column -> node.projections().stream()
                .noneMatch(p -> p instanceof Expression.Input input && input.index() == column));
        this.required = IntStream.range(0, schema.size())
                .filter(i ->
                        !schema.field(i).nullable() && node.projections().get(i).nullable())
                .toArray();
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (batch.size() == 0) {
            return;
        }
        OperatorContext open = Objects.requireNonNull(context, "not open");
        try {
            emit(expressions.evaluate(batch, open.evaluation()), out);
        } catch (RowFailure failure) {
            processApart(batch, open, out);
        }
    }

    private void emit(@Nullable Batch result, Output out) {
        if (result != null) {
            refuseNulls(result);
            out.emit(narrows ? UpdatePairs.withoutRedundant(result, schema) : result);
        }
    }

    /** Leaves out the rows for which a user function fails, which is found out row by row. */
    private void processApart(Batch batch, OperatorContext open, Output out) {
        long failed = 0;
        for (int row = 0; row < batch.size(); row++) {
            try {
                emit(expressions.evaluate(batch.gather(new int[] {row}, 1), open.evaluation()), out);
            } catch (RowFailure failure) {
                failed++;
            }
        }
        open.count(BAD_RECORDS, failed);
    }

    private void refuseNulls(Batch rows) {
        for (int column : required) {
            boolean[] nulls = rows.column(column).nulls();
            for (int row = 0; nulls != null && row < rows.size(); row++) {
                if (nulls[row]) {
                    throw new LaminarException(
                            ErrorCode.NULL_NOT_ALLOWED,
                            "column '" + schema.field(column).name() + "' is NOT NULL, and a row has NULL there",
                            "filter such rows, give a value with coalesce(...), or declare the column without NOT NULL");
                }
            }
        }
    }
}
