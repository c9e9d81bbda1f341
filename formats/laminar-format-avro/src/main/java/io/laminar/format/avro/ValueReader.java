package io.laminar.format.avro;

import io.laminar.spi.batch.ColumnBuilder;

/** Reads the values of one type, as one schema writes them, into the builder of a column or a part of one. */
abstract class ValueReader {

    /** Sets where values go. Builders outlive the batches they build, so this happens once per builder. */
    abstract void bind(ColumnBuilder builder);

    /**
     * Appends the value at {@code from}; returns the position after it.
     *
     * @throws io.laminar.spi.format.RecordFailure if there is none
     */
    abstract int read(byte[] b, int from, int limit);

    /** What a record may do itself instead of calling {@link #read}: one of the constants of {@link RecordReader}. */
    int operation() {
        return RecordReader.CALL;
    }
}
