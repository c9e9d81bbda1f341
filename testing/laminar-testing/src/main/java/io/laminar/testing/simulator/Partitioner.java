package io.laminar.testing.simulator;

import io.laminar.spi.batch.Batch;
import java.util.List;

/** Splits a batch by key groups, as the exchange of a real job does. */
@FunctionalInterface
public interface Partitioner {

    /** One batch per subtask of the reader, with the rows whose key group it owns; empty batches for those without. */
    Batch[] partition(Batch batch, List<Integer> keyColumns, int subtasks);
}
