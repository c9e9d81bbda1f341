package io.laminar.connector.file.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a job's own output from somebody else's file. A job that fails or is stopped before its first checkpoint starts
 * again without state and must be able to write its file anew; a file that was there before the job is never touched. While the job
 * writes, a hidden file beside the output names it and its process; after its end this process still remembers.
 */
final class OutputClaim {
    private static final Set<String> FINISHED = ConcurrentHashMap.newKeySet();

    private final Path marker;
    private final String owner;
    private final WritingProcess process;

    OutputClaim(Path output, String job) {
        this(output, job, WritingProcess.current());
    }

    OutputClaim(Path output, String job, WritingProcess process) {
        marker = output.resolveSibling("." + output.getFileName() + ".laminar");
        owner = job + " " + output;
        this.process = process;
    }

    /** Whether the output was written by this very job. */
    boolean isOurs() throws IOException {
        return FINISHED.contains(owner)
                || (Files.exists(marker)
                        && Files.readAllLines(marker, StandardCharsets.UTF_8)
                                .get(0)
                                .equals(owner));
    }

    /** Whether another process, which hung and was given up, may still have the output open. */
    boolean mayBeOpenElsewhere() throws IOException {
        if (!Files.exists(marker)) {
            return false;
        }
        List<String> lines = Files.readAllLines(marker, StandardCharsets.UTF_8);
        return lines.size() < 2 || WritingProcess.of(lines.get(1)).mayWriteBeside(process);
    }

    void take() throws IOException {
        Files.writeString(marker, owner + "\n" + process + "\n", StandardCharsets.UTF_8);
    }

    /** The output is complete. */
    void release() throws IOException {
        FINISHED.add(owner);
        Files.deleteIfExists(marker);
    }
}
