package io.laminar.spi.format;

import io.laminar.spi.error.LaminarException;

/** Where decoders send what they cannot decode. */
public interface BadRecords {

    /**
     * Reports the record {@code buffer[from, to)}.
     *
     * @param reason code, reason and hint; the receiver adds the place
     * @throws LaminarException the reason with its place, when the table's policy is to fail
     */
    void report(byte[] buffer, int from, int to, LaminarException reason);
}
