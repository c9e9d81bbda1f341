package io.laminar.spi.format;

import io.laminar.spi.batch.Batch;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file of a {@link FileFormat} in order. */
public interface FileReader extends Closeable {

    /** The next rows, or null at the end; batches of the lane SKIPPED count no rows. */
    @Nullable
    Batch next() throws IOException;

    /** Skips rows, for going on where a checkpoint was taken. */
    void skip(long rows) throws IOException;
}
