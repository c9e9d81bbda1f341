package io.laminar.connector.generator;

import io.laminar.spi.batch.Batch;
import java.io.Serializable;

/** Rows by their number: the same number always gives the same row, whoever asks for it. */
public interface RowGenerator extends Serializable {

    /**
     * The rows {@code [first, first + count)}.
     *
     * @param subtask index of the reader that asks
     * @param arrival processing time in microseconds
     */
    Batch generate(long first, int count, int subtask, long arrival);
}
