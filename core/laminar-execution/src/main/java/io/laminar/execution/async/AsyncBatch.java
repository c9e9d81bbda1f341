package io.laminar.execution.async;

import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A batch whose rows are answered one by one. */
final class AsyncBatch {
    private final Batch batch;
    private final DataType type;
    private final Column[] arguments;
    private final @Nullable Object[] values;
    private final boolean[] done;
    private final int[] attempts;
    /** Rows that are answered and have not been emitted. */
    private final int[] ready;

    private int readyRows;
    private int open;

    /**
     * A batch without answers.
     *
     * @param arguments columns that the function is called with
     * @param type of the answers
     */
    AsyncBatch(Batch batch, int[] arguments, DataType type) {
        this.batch = batch;
        this.type = type;
        this.arguments = new Column[arguments.length];
        Arrays.setAll(this.arguments, i -> batch.column(arguments[i]));
        this.values = new Object[batch.size()];
        this.done = new boolean[batch.size()];
        this.attempts = new int[batch.size()];
        this.ready = new int[batch.size()];
        this.open = batch.size();
    }

    Column[] arguments() {
        return arguments;
    }

    /** Counts a try for a row; returns its number, from 1. */
    int beginAttempt(int row) {
        return ++attempts[row];
    }

    /** Whether a row waits for just this try. */
    boolean awaits(int row, int attempt) {
        return !done[row] && attempts[row] == attempt;
    }

    /** Whether no row waits for an answer. */
    boolean isAnswered() {
        return open == 0;
    }

    /** Whether answered rows have not been emitted. */
    boolean hasReady() {
        return readyRows > 0;
    }

    void answer(int row, @Nullable Object value) {
        values[row] = value;
        ready[readyRows++] = row;
        leaveOut(row);
    }

    /** Drops a row. */
    void leaveOut(int row) {
        done[row] = true;
        open--;
    }

    /** Emits the rows that are answered and still here, in their order. */
    void emitReady(Output out) {
        int count = readyRows;
        readyRows = 0;
        if (count == 0) {
            return;
        }
        Arrays.sort(ready, 0, count);
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        for (int i = 0; i < count; i++) {
            Values.append(type, builder, values[ready[i]]);
        }
        Batch answered = count == batch.size() ? batch : batch.gather(ready, count);
        Column[] all = Arrays.copyOf(answered.columns(), answered.width() + 1);
        all[answered.width()] = builder.build();
        out.emit(new Batch(count, all, answered.rowtime(), answered.kinds(), answered.lane()));
    }
}
