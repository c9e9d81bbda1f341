package io.laminar.spi.format;

import io.laminar.spi.batch.BatchBuilder;

/**
 * Turns bytes into rows of {@link FormatSpec#projected}. The rows it completes have event time 0 (the source or a later
 * step sets it). A record that cannot be decoded is handed to {@link BadRecords} whole and leaves no row.
 */
public interface RecordDecoder {

    /**
     * Decodes whole records of a stream from {@code buffer[from, to)} until none is left or the builder is full. The
     * batch may keep views of the buffer, so the caller must not write to these bytes again.
     *
     * @param end whether nothing follows {@code to}: then the rest is a record even without its end mark
     * @return the position after the last record consumed
     */
    int decode(byte[] buffer, int from, int to, boolean end, BatchBuilder out, BadRecords bad);

    /** Decodes one message, {@code buffer[from, to)}, which may hold any number of records. */
    void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad);

    /** Forgets what was learnt at the start of a stream (a header line); called before each new stream. */
    default void reset() {}

    /** Whether streams are text, so that a byte order mark at their start says nothing and is left out. */
    default boolean text() {
        return true;
    }

    /**
     * Whether reading may start in the middle of a stream, after the next end mark: true for records separated by
     * newlines that depend on nothing before them.
     */
    default boolean splittable() {
        return false;
    }
}
