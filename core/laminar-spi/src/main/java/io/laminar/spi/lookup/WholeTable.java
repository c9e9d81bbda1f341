package io.laminar.spi.lookup;

import io.laminar.spi.batch.Batch;
import java.util.function.Consumer;

/** A table small enough to be held in memory by each subtask: a file. */
public non-sealed interface WholeTable extends LookupTable {

    /**
     * A number that changes when the table may have changed.
     *
     * @throws io.laminar.spi.error.LaminarException if the table cannot be reached
     */
    long version();

    /**
     * Gives all rows, with the columns of the table's schema.
     *
     * @throws io.laminar.spi.error.LaminarException if the table cannot be read
     */
    void read(Consumer<Batch> rows);
}
