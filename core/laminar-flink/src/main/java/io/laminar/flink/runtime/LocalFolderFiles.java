package io.laminar.flink.runtime;

import io.laminar.flink.cluster.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A state folder on this machine. The operating system gives its lock back when the process ends, however it does. */
final class LocalFolderFiles implements FolderFiles {
    private final Path folder;
    private @Nullable FileChannel lock;

    LocalFolderFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public boolean exists() {
        return Files.exists(folder);
    }

    @Override
    public boolean lock() throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            taken = false;
        }
        if (taken) {
            lock = channel;
        } else {
            channel.close();
        }
        return taken;
    }

    @Override
    public CompletableFuture<Void> lost() {
        return new CompletableFuture<>();
    }

    @Override
    public void unlock() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    @Override
    public InputStream open(String file) throws IOException {
        return Files.newInputStream(folder.resolve(file));
    }

    @Override
    public void write(String file, byte[] content) throws IOException {
        Path target = folder.resolve(file);
        Path next = folder.resolve(file + ".new");
        Files.createDirectories(target.resolveSibling("."));
        Files.write(next, content);
        Files.move(next, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public List<String> folders(String name) throws IOException {
        if (!Files.isDirectory(folder.resolve(name))) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder.resolve(name))) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .toList();
        }
    }

    @Override
    public List<String> find(String below, String name) throws IOException {
        Path start = folder.resolve(below);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.endsWith(name)) {
                    found.add(folder.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // Others may delete while this looks.
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e == null || e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return List.copyOf(found);
    }

    @Override
    public void delete(String name) {
        if (Files.exists(folder.resolve(name))) {
            Folders.delete(folder.resolve(name));
        }
    }

    @Override
    public String uri(String name) {
        return folder.resolve(name).toAbsolutePath().normalize().toUri().toString();
    }
}
