package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;
import org.jspecify.annotations.Nullable;

/** The states of one aggregate for many groups. Rows that do not count are left out by the caller. */
interface Accumulator extends GroupState {

    /** The values of the aggregate. */
    Column result(int[] groups, int count);

    /**
     * The results along a slide in one loop; null if this aggregate has no better way than round by round.
     *
     * @param entered which of the rows that come count; null for all
     * @param left which of the rows that go count; null for all
     */
    default @Nullable Column slide(Slide slide, boolean @Nullable [] entered, boolean @Nullable [] left) {
        return null;
    }
}
