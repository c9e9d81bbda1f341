package io.laminar.connector.generator;

import io.laminar.spi.batch.Batch;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Rows by their number: the same number always gives the same row, whoever asks for it. */
public interface RowGenerator extends Serializable {

    /**
     * The rows {@code [first, first + count)}, without those that nobody wants.
     *
     * @param subtask index of the reader that asks
     * @param arrival processing time in microseconds
     */
    Batch generate(long first, int count, int subtask, long arrival);

    /**
     * How far time went in rows that {@link #generate} has left out, as a batch of the lane SKIPPED, where watermarks
     * count; otherwise null.
     */
    default @Nullable Batch skipped(long first, int count) {
        return null;
    }
}
