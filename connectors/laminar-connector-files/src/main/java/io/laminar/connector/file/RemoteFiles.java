package io.laminar.connector.file;

import io.laminar.connector.file.source.Listing;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Looks at object stores before a job starts. */
final class RemoteFiles {

    private RemoteFiles() {}

    /** @throws LaminarException FILE_NOT_FOUND, ACCESS_DENIED or UNREACHABLE */
    static FileStatus status(Location location, Path path) {
        try {
            return path.getFileSystem().getFileStatus(path);
        } catch (IOException e) {
            throw failed(location, e);
        }
    }

    /** @throws LaminarException FILE_NOT_FOUND if no file matches the patterns of the location */
    static void checkMatch(Location location) {
        try {
            if (new Listing(location, false, null, 0).files().isEmpty()) {
                throw new LaminarException(
                        ErrorCode.FILE_NOT_FOUND,
                        "no file in " + Storages.shown(location.root()) + " matches '"
                                + (location.regex() != null ? location.regex() : location.written()) + "'");
            }
        } catch (IOException e) {
            throw failed(location, e);
        }
    }

    /** The bucket itself, for a folder that need not be there yet. */
    static void checkBucket(Location location) {
        Path root = location.root();
        status(location, new Path(root.toUri().getScheme(), root.toUri().getRawAuthority(), "/"));
    }

    static LaminarException failed(Location location, IOException e) {
        if (e instanceof UnsupportedFileSystemSchemeException) {
            return new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "'" + location.written() + "' cannot be reached: laminar-storage-s3 is not on the class path",
                    null,
                    null,
                    e);
        }
        ErrorCode code = e instanceof FileNotFoundException
                ? ErrorCode.FILE_NOT_FOUND
                : e instanceof AccessDeniedException ? ErrorCode.ACCESS_DENIED : ErrorCode.UNREACHABLE;
        return new LaminarException(code, "'" + location.written() + "': " + e.getMessage(), null, null, e);
    }
}
