package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import io.laminar.testing.tutorial.ShellTutorial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial, as it is written, but for ports and the memory of the coordinator. */
@Tag("slow")
class ClusterTutorialIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        String port = String.valueOf(LaminarCluster.freePort());
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path laminar = Files.writeString(bin.resolve("laminar"), """
                #!/usr/bin/env bash
                more=()
                [ "$1" != coordinator ] || more=(--port %d --rest-port %s --memory 512m)
                exec %s "$@" "${more[@]}"
                """.formatted(
                        LaminarCluster.freePort(),
                        port,
                        String.join(" ", Distribution.built().laminar(300))));
        Files.setPosixFilePermissions(laminar, PosixFilePermissions.fromString("rwxr-xr-x"));
        String page = Files.readString(KubernetesFiles.project().resolve("docs/tutorials/cluster.md"));
        String printed =
                ShellTutorial.run(page.replace("8081", port), Files.createDirectories(folder.resolve("work")), bin);
        assertTrue(printed.contains("second thousand copied"), printed);
    }
}
