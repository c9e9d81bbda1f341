package io.laminar.testing.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of the job's state: it can be made to refuse writes, and to be away. */
final class CheckpointStore implements AutoCloseable {
    private static final String SIZE = "size=512m";
    private static final int CHUNK = 1 << 20;
    private static final int BLOCK = 1 << 12;

    private final Path folder;
    private final boolean mounted;

    /** Puts it on a file system of its own, where this process may do that. */
    CheckpointStore(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mounted = Commands.run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString()) == 0;
    }

    Path folder() {
        return folder;
    }

    /** Whether {@link #fill} is possible. */
    boolean canBeFull() {
        return mounted;
    }

    /** Leaves no room. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            writeUntilFull(out, CHUNK);
            writeUntilFull(out, BLOCK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeUntilFull(OutputStream out, int bytes) {
        byte[] nothing = new byte[bytes];
        boolean room = true;
        while (room) {
            try {
                out.write(nothing);
            } catch (IOException full) {
                room = false;
            }
        }
    }

    void empty() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Takes the checkpoints away; a file in their place keeps everybody from making a new folder. */
    void takeAway() {
        Path checkpoints = checkpoints();
        try {
            Files.move(checkpoints, away(checkpoints));
            Files.createFile(checkpoints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void bringBack() {
        Path checkpoints = checkpoints();
        try {
            Files.delete(checkpoints);
            Files.move(away(checkpoints), checkpoints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path away(Path checkpoints) {
        return checkpoints.resolveSibling("away");
    }

    private Path checkpoints() {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.max(Comparator.comparing(
                            run -> Integer.parseInt(run.getFileName().toString())))
                    .orElseThrow()
                    .resolve("checkpoints");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that are in it. */
    long bytes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            return -1;
        }
    }

    @Override
    public void close() {
        if (mounted) {
            Commands.run("umount", "-l", folder.toString());
        }
    }
}
