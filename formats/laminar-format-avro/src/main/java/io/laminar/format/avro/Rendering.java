package io.laminar.format.avro;

import io.laminar.spi.format.RecordOutput;

/** Writes values of one type as JSON. */
interface Rendering {

    /** Appends the value at {@code from}; returns the position after it. */
    int write(byte[] b, int from, int limit, RecordOutput out);
}
