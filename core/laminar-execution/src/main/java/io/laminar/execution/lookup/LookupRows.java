package io.laminar.execution.lookup;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.store.RowLists;
import io.laminar.execution.store.RowStore;
import java.util.concurrent.CompletableFuture;

/**
 * What is known of a lookup table in the memory of one subtask, by key. Questions may be asked while earlier ones are under
 * way; they are answered in their order.
 */
sealed interface LookupRows extends AutoCloseable permits WholeRows, CachedRows {

    /**
     * Asks for the rows of keys. Sets {@code ids[i]} to the id of the key of row {@code rows[i]}, or to -1 if it has no
     * rows. Waits while too many requests are under way.
     *
     * @param now processing time in microseconds
     * @return done when all requests are, failed ones included
     */
    CompletableFuture<?> ask(KeyRows keys, int[] rows, int count, int[] ids, long now);

    /**
     * Takes the answer to the oldest question, which must be done: until the next one is taken, the rows of its keys are
     * in {@link #lists}.
     *
     * @throws io.laminar.spi.error.LaminarException if there is none
     */
    void answer();

    /** Rows with the columns of the table. */
    RowStore rows();

    /** The row of {@link #rows} that is NULL in all columns. */
    int absent();

    /** The rows of each key. */
    RowLists lists();

    @Override
    void close();
}
