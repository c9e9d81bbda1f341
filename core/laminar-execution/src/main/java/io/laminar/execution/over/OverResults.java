package io.laminar.execution.over;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.function.IntConsumer;

/** Computes some calls row by row, for all partitions. */
interface OverResults {

    /** Makes room for partitions below {@code count}. */
    void reservePartitions(int count);

    /** Puts the results for the rows of the steps at the positions of the calls. */
    void compute(OverSteps steps, Column[] results);

    /** Forgets partitions. */
    void clear(int[] partitions, int count);

    /** What cannot be found again from the rows kept; one row per partition. */
    default Column[] save(int[] partitions, int count) {
        return new Column[0];
    }

    /**
     * Takes what {@link #save} gave.
     *
     * @param from the first column
     * @return the number of columns read
     */
    default int load(Batch saved, int from, int[] partitions) {
        return 0;
    }

    /** Takes rows back into the frame after a restore, in the order of their places. */
    default void refill(int[] slots, int count) {}

    /** Whether rows are held beyond the frame that uses them; then {@link #forEachHeld} tells which. */
    default boolean holds() {
        return false;
    }

    /** Shows the slots of the rows held for a partition. */
    default void forEachHeld(int partition, IntConsumer held) {}

    /** Takes a row that was held, in the order of places. */
    default void restoreHeld(int slot) {}

    /** Heap that is taken to compute them, nearly. */
    long bytes();
}
