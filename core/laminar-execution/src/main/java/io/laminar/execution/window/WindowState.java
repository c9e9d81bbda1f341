package io.laminar.execution.window;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;

/**
 * The open windows of one kind, which declare their state themselves. A window with end {@code e} is closed once the watermark is at least {@code e - 1}.
 */
interface WindowState {

    /**
     * Puts rows into their windows.
     *
     * @param times the time of each row
     * @param watermark last watermark
     * @param late takes rows that came after all their windows had closed
     */
    void add(Batch batch, long[] times, long watermark, LateRows late);

    /** Emits the windows a watermark closes, in the order of their ends, and drops what no open window needs. */
    void advance(long watermark, Output out);

    /** Emits what has changed in open windows; only where they are emitted early. */
    default void emitChanges(Output out) {}

    /** The end of the window that closes next; {@link Long#MAX_VALUE} if there is none. */
    long nextEnd();

    /**
     * Learns that its rows have been read back.
     *
     * @param watermark last watermark before the snapshot
     */
    default void restored(long watermark) {}

    /** Heap that the windows take, nearly. */
    long bytes();
}
