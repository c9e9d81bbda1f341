package io.laminar.execution.over;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;

/** When the rows of an operator get their places and leave. */
sealed interface OverFlow permits EventTimeFlow, ClosingFlow {

    /** Takes rows in, or finds that they come too late. */
    void add(Batch batch, long watermark, LateRows late);

    /**
     * Emits what a watermark completes.
     *
     * @param before the watermark before
     */
    void advance(long watermark, long before, Output out);

    /** How many rows of a partition have a place but have not left: always its last ones. */
    default int unfinished(int partition) {
        return 0;
    }

    /** Takes rows without a place that were there when the state was written. */
    void restoreWaiting(Batch batch, int[] slots);

    /** Takes rows that had a place but had not left, in the order of their places within their partitions. */
    void restoreUnfinished(int[] slots, int count);

    /** The event time of the last row of a partition that has a place, as far as that matters. */
    default long lastTime(int partition) {
        return Long.MIN_VALUE;
    }

    /** Takes what {@link #lastTime} gave, for all partitions at once. */
    default void restoreLastTimes(int[] partitions, long[] times) {}

    /** The last number given to rows of equal order, if numbers go on from one watermark to the next. */
    default long lastPeer() {
        return 0;
    }

    /** Takes what {@link #lastPeer} gave in any subtask. */
    default void restoreLastPeer(long number) {}

    /** Whether a partition has rows that have not left. */
    boolean isBusy(int partition);

    /** Heap that is taken beside the rows, nearly. */
    long bytes();
}
