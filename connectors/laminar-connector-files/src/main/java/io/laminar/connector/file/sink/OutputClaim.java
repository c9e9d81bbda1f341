package io.laminar.connector.file.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a job's own output from somebody else's file. A job that fails before its first checkpoint starts again without
 * state and must be able to write its file anew; a file that was there before the job is never touched. While the job
 * writes, a hidden file beside the output names it; after its end this process still remembers.
 */
final class OutputClaim {
    private static final Set<String> FINISHED = ConcurrentHashMap.newKeySet();

    private final Path marker;
    private final String owner;

    OutputClaim(Path output, String job) {
        marker = output.resolveSibling("." + output.getFileName() + ".laminar");
        owner = job + " " + output;
    }

    /** Whether the output was written by this very job. */
    boolean isOurs() throws IOException {
        return FINISHED.contains(owner)
                || (Files.exists(marker)
                        && Files.readString(marker, StandardCharsets.UTF_8).equals(owner));
    }

    void take() throws IOException {
        Files.writeString(marker, owner, StandardCharsets.UTF_8);
    }

    /** The output is complete. */
    void release() throws IOException {
        FINISHED.add(owner);
        Files.deleteIfExists(marker);
    }
}
