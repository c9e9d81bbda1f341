package io.laminar.spi.lookup;

import io.laminar.spi.batch.Column;
import java.util.concurrent.CompletionStage;

/** A table that is asked for the rows of some keys: a database. */
public non-sealed interface KeyedTable extends LookupTable {

    /** The most keys that one request may have. */
    int requestSize();

    /**
     * Finds the rows of keys. Several requests may be under way at the same time.
     *
     * @param keys the key columns in the order in which the table was opened for them; no value is NULL, no key is there
     *     twice
     * @param count number of keys
     * @return fails with a {@link io.laminar.spi.error.LaminarException} if asking again is of no use, with anything else
     *     if it may help
     */
    CompletionStage<LookupAnswer> find(Column[] keys, int count);
}
