package io.laminar.execution.lookup;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.store.RowLists;
import io.laminar.execution.store.RowStore;

/** What is known of a lookup table in the memory of one subtask, by key. */
sealed interface LookupRows extends AutoCloseable permits WholeRows, CachedRows {

    /**
     * Sets {@code ids[i]} to the id of the key of row {@code rows[i]}, whose rows are in {@link #lists} until the next
     * call, or to -1 if there are none.
     *
     * @param now processing time in microseconds
     * @throws io.laminar.spi.error.LaminarException if the table cannot be asked
     */
    void find(KeyRows keys, int[] rows, int count, int[] ids, long now);

    /** Rows with the columns of the table. */
    RowStore rows();

    /** The row of {@link #rows} that is NULL in all columns. */
    int absent();

    /** The rows of each key. */
    RowLists lists();

    @Override
    void close();
}
