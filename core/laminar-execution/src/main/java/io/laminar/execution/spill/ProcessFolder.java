package io.laminar.execution.spill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of this process among those of others. A file beside it is locked as long as the process lives, however it
 * ends; so that the next process removes the folders of those that were killed, and leaves alone those in use.
 */
final class ProcessFolder {
    static final String PREFIX = "laminar-state-";
    static final String LOCK = ".lock";

    /**
     * By their parents. A process must not open its own locked files: closing any channel of a file ends all locks that
     * the process has on it.
     */
    private static final Map<Path, ProcessFolder> OPEN = new HashMap<>();

    private final Path parent;
    private final Path path;
    private final Path lockFile;
    private final FileChannel channel;
    private int users;

    private ProcessFolder(Path parent, Path path, Path lockFile, FileChannel channel) {
        this.parent = parent;
        this.path = path;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /** The folder of this process below another one, which is made if it is not there; to be released. */
    static ProcessFolder in(Path parent) throws IOException {
        synchronized (OPEN) {
            Files.createDirectories(parent);
            Path key = parent.toRealPath();
            ProcessFolder open = OPEN.get(key);
            if (open == null || !Files.isDirectory(open.path)) {
                removeLeft(key, open);
                open = create(key);
                OPEN.put(key, open);
            }
            open.users++;
            return open;
        }
    }

    /** Where a user of the folder may make its own. */
    Path path() {
        return path;
    }

    /** Ends a use; the last one removes the folder. */
    void release() throws IOException {
        synchronized (OPEN) {
            if (--users > 0) {
                return;
            }
            OPEN.remove(parent, this);
            try (channel) {
                delete(path);
                Files.deleteIfExists(lockFile);
            }
        }
    }

    private static ProcessFolder create(Path parent) throws IOException {
        while (true) {
            Path path = Files.createTempDirectory(parent, PREFIX);
            Path lockFile = parent.resolve(path.getFileName() + LOCK);
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // Another process may have taken it for one that was left, before it was locked.
            if (channel.tryLock() != null && Files.exists(lockFile)) {
                return new ProcessFolder(parent, path, lockFile, channel);
            }
            channel.close();
        }
    }

    /** Removes the folders of processes that are no more. */
    static void removeLeft(Path parent) throws IOException {
        synchronized (OPEN) {
            if (Files.isDirectory(parent)) {
                Path key = parent.toRealPath();
                removeLeft(key, OPEN.get(key));
            }
        }
    }

    private static void removeLeft(Path parent, @Nullable ProcessFolder own) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
            for (Path lockFile : locks) {
                if (own == null || !lockFile.equals(own.lockFile)) {
                    removeIfLeft(lockFile);
                }
            }
        }
    }

    private static void removeIfLeft(Path lockFile) throws IOException {
        String name = lockFile.getFileName().toString();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                delete(lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (NoSuchFileException | AccessDeniedException | OverlappingFileLockException e) {
            // Removed meanwhile, or that of another user, or of another class loader.
            return;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
