package io.laminar.server;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder with everything a server keeps: for its owner only, and for one server at a time. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "server.lock";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made if it does not exist.
     *
     * @throws LaminarException USAGE if it cannot be written, or another server has it
     */
    static DataFolder open(Path path) {
        try {
            make(path);
            FileChannel lock =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lock)) {
                lock.close();
                throw new LaminarException(
                        ErrorCode.USAGE,
                        "another server works with the data folder '" + path + "'",
                        "stop it first, or name another folder: --data DIR");
            }
            return new DataFolder(path, lock);
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "the data folder '" + path + "' cannot be used: " + e.getMessage(),
                    null,
                    "name another: --data DIR",
                    e);
        }
    }

    private static void make(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(path);
        }
    }

    private static boolean locked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
