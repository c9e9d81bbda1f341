package io.laminar.spi.lookup;

import io.laminar.spi.batch.Batch;

/**
 * Rows found by key.
 *
 * @param rows with the columns of the table's schema
 * @param keys for each row the position of its key in the request
 */
public record LookupAnswer(Batch rows, int[] keys) {}
