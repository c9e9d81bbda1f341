package io.laminar.execution.operator;

import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StateWriter;
import io.laminar.execution.state.WholeTables;
import io.laminar.spi.batch.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A step of a running plan in one subtask. Called by one thread. The order of calls: {@link #open}, {@link #restore} if
 * there is state, then {@link #process}, {@link #watermark}, {@link #tick} and {@link #snapshot} in any order, {@link
 * #finish} if the input ends, {@link #close}.
 */
public interface Operator extends AutoCloseable {

    void open(OperatorContext context);

    /**
     * Takes rows of one input.
     *
     * @param input position of the input among the node's inputs
     */
    void process(int input, Batch batch, Output out);

    /**
     * Learns that no row with an event time at or before {@code time} (microseconds) is to be expected. What the
     * operator emits here goes out before the watermark itself, which the caller passes on.
     */
    default void watermark(long time, Output out) {}

    /**
     * How far event time has come behind this operator when watermarks up to {@code inputWatermark} have come: less while
     * it holds rows that came before them. Asked after every other call; never falls.
     */
    default long outputWatermark(long inputWatermark) {
        return inputWatermark;
    }

    /**
     * Learns the processing time (microseconds) it asked to be woken at by {@link OperatorContext#wakeAt}, or that it was
     * woken by {@link OperatorContext#wake}.
     */
    default void tick(long now, Output out) {}

    /** Emits rows that were held back only to fill a batch; called before a barrier and a watermark pass. */
    default void flush(Output out) {}

    /**
     * Waits for what it has asked for outside and emits the rows that needed it; called before a barrier passes and
     * before the input counts as idle.
     */
    default void complete(Output out) {}

    /**
     * The state, where it consists of tables whose changes the operator tells; then {@link #snapshot} and {@link #restore}
     * follow from them. Null where the operator writes itself.
     */
    default @Nullable StateTables tables() {
        return null;
    }

    /** Writes the whole state. */
    default void snapshot(StateWriter writer) {
        StateTables tables = tables();
        if (tables != null) {
            WholeTables.write(tables, writer);
        }
    }

    /** Reads state written by any number of subtasks; only the key groups of this subtask are shown. */
    default void restore(StateReader reader) {
        StateTables tables = tables();
        if (tables != null) {
            WholeTables.read(tables, reader);
        }
    }

    /**
     * Heap that the state takes, nearly. Cheap enough to be asked after every few batches: looks at arrays, not at what
     * is in them.
     */
    default long stateBytes() {
        return 0;
    }

    /** Bytes of state on a local disk, because it does not fit in memory. */
    default long spilledBytes() {
        return 0;
    }

    /**
     * A watermark before this one, if no rows come, makes the operator emit nothing. {@link Long#MIN_VALUE} if that is
     * not known.
     */
    default long idleUntil() {
        return Long.MIN_VALUE;
    }

    /** Does the work that has been put off; called when no rows come for a while. */
    default void settle(Output out) {}

    /** Emits what is left at the end of all inputs. A watermark of {@link Long#MAX_VALUE} has come before. */
    default void finish(Output out) {}

    @Override
    default void close() {}
}
