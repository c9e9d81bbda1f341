package io.laminar.spi.format;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Slice;

/** Turns rows into bytes. */
public interface RecordEncoder {

    /** What comes before the first record of a stream, for example a header line; may be empty. */
    default byte[] header() {
        return new byte[0];
    }

    /** Appends all rows with their end marks to {@code out[0, out.length())}, growing it. */
    void encode(Batch batch, Slice out);

    /** Sets {@code out} to one row without end mark, for message systems. */
    void encodeMessage(Batch batch, int row, Slice out);
}
