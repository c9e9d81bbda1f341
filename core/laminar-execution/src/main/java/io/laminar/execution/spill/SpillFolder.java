package io.laminar.execution.spill;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The folder of one operator for its files, made when the first is wanted. */
final class SpillFolder implements AutoCloseable {
    private final Path parent;
    private @Nullable ProcessFolder process;
    private @Nullable Path folder;
    private long files;
    private final AtomicLong bytes = new AtomicLong();

    SpillFolder(Path parent) {
        this.parent = parent;
    }

    /** Removes what processes have left here that were killed. */
    void removeLeft() {
        try {
            ProcessFolder.removeLeft(parent);
        } catch (IOException e) {
            // Whether one can write there is seen when there is something to be written.
            bytes.set(0);
        }
    }

    /** The path of a file that is not there yet. */
    Path next() {
        Path own = folder;
        try {
            if (own == null) {
                ProcessFolder shared = process == null ? ProcessFolder.in(parent) : process;
                process = shared;
                own = Files.createTempDirectory(shared.path(), "operator-");
                folder = own;
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        return own.resolve(String.valueOf(files++));
    }

    /** Notes that files have grown, or, by a negative number, that some are gone. */
    void grown(long more) {
        bytes.addAndGet(more);
    }

    /** Bytes in files. */
    long bytes() {
        return bytes.get();
    }

    void delete(Path file, long size) {
        try {
            Files.deleteIfExists(file);
            bytes.addAndGet(-size);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    LaminarException unwritable(IOException e) {
        return new LaminarException(
                ErrorCode.SPILL_FAILED,
                "state that does not fit in memory cannot be written to " + parent + ": " + e.getMessage(),
                null,
                "make room there, SET spill_folder to another folder, or SET state_memory to more",
                e);
    }

    LaminarException unreadable(IOException e) {
        return new LaminarException(
                ErrorCode.SPILL_FAILED,
                "state cannot be read back from " + parent + ": " + e.getMessage(),
                null,
                "nobody else may touch the files there while the job runs",
                e);
    }

    @Override
    public void close() {
        ProcessFolder shared = process;
        if (shared == null) {
            return;
        }
        process = null;
        try {
            try {
                deleteOwn();
            } finally {
                shared.release();
            }
        } catch (IOException e) {
            // The next process removes what is left.
            bytes.set(0);
        }
    }

    private void deleteOwn() throws IOException {
        Path own = folder;
        if (own == null) {
            return;
        }
        folder = null;
        try (var left = Files.newDirectoryStream(own)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(own);
        }
    }
}
