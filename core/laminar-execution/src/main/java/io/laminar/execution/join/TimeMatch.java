package io.laminar.execution.join;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTables;
import io.laminar.spi.batch.Batch;

/** Finds the one right row that belongs to a left row by its time. As {@link TimedJoinOperator}, whose work it does. */
sealed interface TimeMatch permits LookBack, LookAhead {

    void open(OperatorContext context);

    void add(int input, Batch batch, long watermark, LateRows late);

    /** Forgets what has been kept too long, by the machine's clock. */
    default void expire(long now, long watermark) {}

    void advance(long before, long watermark, Output out);

    /** Heap that the rows take, nearly. */
    long bytes();

    /** Declares the state. */
    void track(StateTables tables);
}
