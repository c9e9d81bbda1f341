package io.laminar.execution.operator;

import io.laminar.spi.batch.Batch;

/** Where an operator sends its rows. */
@FunctionalInterface
public interface Output {
    /** Passes rows on; the batch must not change afterwards. Empty batches are dropped. */
    void emit(Batch batch);
}
