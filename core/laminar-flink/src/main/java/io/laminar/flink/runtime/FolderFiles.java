package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.core.fs.Path;

/** The files of a state folder: on this machine, or in an object store. Names of files and folders begin in the folder. */
sealed interface FolderFiles permits LocalFolderFiles, StoredFolderFiles {

    /**
     * The folder of that name; nothing is made yet.
     *
     * @param folder a folder of this machine, or a URL
     */
    static FolderFiles at(String folder) {
        try {
            Path path = new Path(folder);
            String scheme = path.toUri().getScheme();
            return scheme == null || scheme.equals("file")
                    ? new LocalFolderFiles(java.nio.file.Path.of(scheme == null ? folder : path.getPath()))
                    : new StoredFolderFiles(path, StateLease.Timing.USUAL);
        } catch (IllegalArgumentException e) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "'" + folder + "' is not the name of a folder"
                            + (e instanceof InvalidPathException invalid ? ": " + invalid.getReason() : ""),
                    null,
                    null,
                    e);
        }
    }

    /** Whether there is anything. */
    boolean exists();

    /** Makes the folder if need be and takes it for this process; false if another process has it. */
    boolean lock() throws IOException;

    /** Completes if another process takes the folder away, which it only can where this one seemed to have died. */
    CompletableFuture<Void> lost();

    /** Gives the folder back. */
    void unlock();

    boolean has(String file) throws IOException;

    InputStream open(String file) throws IOException;

    /** Writes a file or replaces it as a whole. */
    void write(String file, byte[] content) throws IOException;

    /** Names of the folders in a folder; none if it does not exist. */
    List<String> folders(String folder) throws IOException;

    /** All files of that name below a folder; none if it does not exist. */
    List<String> find(String folder, String name) throws IOException;

    /** Deletes a folder with everything in it, if it exists. */
    void delete(String folder);

    /** Of a file or folder. */
    String uri(String name);
}
