package io.laminar.spi.format;

import io.laminar.spi.batch.Batch;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file of a {@link FileFormat} in order. */
public interface FileReader extends Closeable {

    /** The next rows, or null at the end; a batch of the lane SKIPPED holds none, only how far time went. */
    @Nullable
    Batch next() throws IOException;

    /**
     * How many rows of the file, or the part of it, lie before the next one: those that were read, skipped, and left out because nobody
     * wants them. So it means the same to a reader that leaves out others.
     */
    long position();

    /** Passes rows, wanted or not, for going on where a checkpoint was taken. */
    void skip(long rows) throws IOException;
}
