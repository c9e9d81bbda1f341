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

    /** Takes the messages of a batch. */
    interface Messages {
        /**
         * A message, in bytes that are only good until this returns.
         *
         * @param row the row it is about; an update's row after it
         */
        void message(int row, Slice bytes);
    }

    /**
     * Encodes all rows as messages, in order. A format that makes one message out of two rows (an update) overrides
     * this.
     */
    default void encodeMessages(Batch batch, Slice scratch, Messages out) {
        for (int row = 0; row < batch.size(); row++) {
            encodeMessage(batch, row, scratch);
            out.message(row, scratch);
        }
    }
}
