package io.laminar.connector.file.sink;

import io.laminar.spi.batch.Batch;

/**
 * Rows that go to one folder.
 *
 * @param folder relative to the table's path; empty for the path itself
 */
record PartBatch(String folder, Batch batch) {}
