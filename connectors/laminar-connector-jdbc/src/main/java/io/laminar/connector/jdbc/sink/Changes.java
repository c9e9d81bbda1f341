package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to a table; deletions first, no key in both.
 *
 * @param deletes rows whose keys are removed; null if there are none
 * @param puts rows to insert or to replace by; null if there are none
 */
record Changes(@Nullable Batch deletes, @Nullable Batch puts) {

    int size() {
        return (deletes == null ? 0 : deletes.size()) + (puts == null ? 0 : puts.size());
    }
}
