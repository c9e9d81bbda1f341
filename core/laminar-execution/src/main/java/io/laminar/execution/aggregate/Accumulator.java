package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;

/** The states of one aggregate for many groups. Rows that do not count are left out by the caller. */
interface Accumulator extends GroupState {

    /** The values of the aggregate. */
    Column result(int[] groups, int count);
}
