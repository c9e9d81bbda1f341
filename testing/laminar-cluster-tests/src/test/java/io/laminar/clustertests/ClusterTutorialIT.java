package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.tutorial.ShellTutorial;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Commands commands = Commands.in(folder);
        String page = Files.readString(KubernetesFiles.project().resolve("docs/tutorials/cluster.md"))
                .replace("8081", String.valueOf(commands.restPort()));
        String printed = ShellTutorial.run(page, Files.createDirectories(folder.resolve("work")), commands.bin());
        assertTrue(printed.contains("second thousand copied"), printed);
    }
}
