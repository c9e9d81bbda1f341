package io.laminar.format.protobuf;

import io.laminar.spi.batch.ColumnBuilder;

/**
 * Reads one field of a message into a column or a part of one. A field may come several times: of scalars the last one
 * counts, messages are merged, repeated fields go on. So a message begins, takes its fields in any order, and finishes.
 */
abstract class FieldReader {

    /** Sets where values go. Builders outlive the batches they build, so this happens once per builder. */
    abstract void bind(ColumnBuilder builder);

    /** A message begins. */
    void begin() {}

    /**
     * Takes the value at {@code from}, after its tag; returns the position after it.
     *
     * @param rows the size that the builder had when the message began
     * @throws io.laminar.spi.format.RecordFailure if there is none
     */
    abstract int read(int tag, byte[] b, int from, int limit, int rows);

    /** Forgets what has come, because another field of the same oneof has. */
    abstract void clear(int rows);

    /**
     * The message ends: a field that did not come gets its default or NULL.
     *
     * @param rows the size that the builder had when the message began
     */
    abstract void finish(int rows, int position);

    /** What a message may do itself instead of calling {@link #read}: one of the constants of {@link MessageReader}. */
    int operation() {
        return MessageReader.CALL;
    }

    /** The wire types that the field comes in. */
    abstract int[] wireTypes();
}
