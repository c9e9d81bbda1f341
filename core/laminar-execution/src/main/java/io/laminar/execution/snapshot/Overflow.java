package io.laminar.execution.snapshot;

import io.laminar.spi.error.LaminarException;
import java.io.IOException;

/**
 * Where copied rows lie, encoded, that a snapshot has not stored yet and that would take too much memory. May be used by
 * several threads.
 */
public interface Overflow extends AutoCloseable {

    /** Stores the first bytes of an array and returns where they lie. */
    long append(byte[] bytes, int count) throws IOException;

    byte[] read(long from, int count) throws IOException;

    /** What to say if something cannot be stored. */
    LaminarException failed(IOException reason);

    /** Lets everything go; later calls fail. */
    @Override
    void close();
}
