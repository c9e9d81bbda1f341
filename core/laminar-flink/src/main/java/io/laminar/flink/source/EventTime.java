package io.laminar.flink.source;

import io.laminar.execution.operator.Operator;
import io.laminar.flink.operator.OperatorSource;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.InputStub;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes a TIMESTAMP for every row of a batch: event times, or the watermarks that rows stand for. */
final class EventTime implements AutoCloseable {
    private static final Schema TIMES = Schema.of(new Field("time", Scalar.TIMESTAMP));

    /** The time of rows that have none and stand for no progress in time. */
    static final long NONE = Long.MIN_VALUE;

    /** The column that holds the time, or -1 if it has to be computed. */
    private final int column;

    private final @Nullable Operator computation;
    /** Whether rows that delete have their key only, and so no event time. */
    private final boolean bareDeletes;

    private @Nullable Batch computed;

    private EventTime(int column, @Nullable Operator computation, boolean bareDeletes) {
        this.column = column;
        this.computation = computation;
        this.bareDeletes = bareDeletes;
    }

    /** @param expression over the schema; null for the event time the batch has */
    static EventTime of(
            Schema schema, ChangelogMode changelog, @Nullable Expression expression, OperatorSource operators) {
        boolean bareDeletes = changelog == ChangelogMode.UPSERT;
        if (expression == null || expression instanceof Expression.Rowtime) {
            return new EventTime(-1, null, bareDeletes);
        } else if (expression instanceof Expression.Input input) {
            return new EventTime(input.index(), null, bareDeletes);
        }
        InputStub stub = new InputStub(schema, changelog);
        Operator operator = operators.create(new FilterProjectNode(stub, null, List.of(expression), null, TIMES));
        operator.open(new ReaderContext());
        return new EventTime(-1, operator, bareDeletes);
    }

    /** One time per row, in microseconds, or {@link #NONE}; the array may be longer than the batch. */
    long[] of(Batch batch) {
        if (column >= 0) {
            return times(batch.column(column), batch);
        }
        Operator operator = computation;
        if (operator == null) {
            return batch.rowtime();
        }
        computed = null;
        operator.process(0, batch, this::take);
        operator.flush(this::take);
        Batch result = computed;
        if (result == null || result.size() != batch.size()) {
            throw new IllegalStateException("an event time is missing for some of " + batch.size() + " rows");
        }
        return times(result.column(0), batch);
    }

    private void take(Batch batch) {
        if (computed != null) {
            throw new IllegalStateException("event times of one batch came in several");
        }
        computed = batch;
    }

    private long[] times(Column column, Batch batch) {
        boolean[] nulls = column.nulls();
        long[] values = ((LongColumn) column).values();
        if (nulls == null) {
            return values;
        }
        long[] times = values;
        for (int row = 0; row < batch.size(); row++) {
            if (!nulls[row]) {
                continue;
            }
            if (!bareDeletes || batch.kind(row) != RowKind.DELETE) {
                throw new LaminarException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "the event time of a row is NULL",
                        "declare the column of the WATERMARK as NOT NULL; bad_data = 'drop' then leaves such rows"
                                + " out");
            }
            times = times == values ? values.clone() : times;
            times[row] = NONE;
        }
        return times;
    }

    @Override
    public void close() {
        if (computation != null) {
            computation.close();
        }
    }
}
