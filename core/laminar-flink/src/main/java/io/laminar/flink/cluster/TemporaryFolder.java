package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders for what dies with a cluster. Their names have the process in them: a process that was killed could not delete
 * its own, so the next one does.
 */
public final class TemporaryFolder {
    private static final String PREFIX = "laminar-cluster-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");

    private TemporaryFolder() {}

    public static Path create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        removeOrphans(parent);
        return Files.createTempDirectory(
                parent, PREFIX + ProcessHandle.current().pid() + "-");
    }

    /** What to say if it cannot be made. */
    public static LaminarException unusable(IOException e) {
        return new LaminarException(
                ErrorCode.JOB_FAILED,
                "the folder for temporary files cannot be used: " + e.getMessage(),
                null,
                "another one can be named with TMPDIR",
                e);
    }

    private static void removeOrphans(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(folder.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    removeOrphan(folder);
                }
            }
        }
    }

    /** Not being able to clean up after somebody else, for example another user, is no reason not to start. */
    private static void removeOrphan(Path folder) {
        try {
            Folders.delete(folder);
        } catch (UncheckedIOException e) {
            org.slf4j.LoggerFactory.getLogger(TemporaryFolder.class).info("left as it is: {}", folder, e);
        }
    }
}
