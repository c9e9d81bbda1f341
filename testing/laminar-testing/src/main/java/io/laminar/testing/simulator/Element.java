package io.laminar.testing.simulator;

import io.laminar.spi.batch.Batch;

/** What travels through a channel. */
sealed interface Element {

    record Rows(Batch batch) implements Element {}

    record Watermark(long time) implements Element {}

    record Barrier(long checkpoint) implements Element {}

    /** Nothing follows; a watermark of {@link Long#MAX_VALUE} has come before. */
    record End() implements Element {}
}
