package io.laminar.spi.format;

import io.laminar.spi.batch.Batch;
import java.io.IOException;

/** Writes a file of a {@link FileFormat}; does not close the stream. */
public interface FileWriter {

    void write(Batch batch) throws IOException;

    /** Bytes of the file so far, nearly, counting what is still in memory. */
    long bytes();

    /** Writes what is in memory and the file's footer. */
    void finish() throws IOException;
}
