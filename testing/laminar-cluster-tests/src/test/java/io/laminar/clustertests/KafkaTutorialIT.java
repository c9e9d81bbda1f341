package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.cluster.LaminarCluster;
import io.laminar.testing.tutorial.ShellTutorial;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial, as it is written, but for ports, the folder of the broker and the memory of the coordinator. */
@Tag("slow")
class KafkaTutorialIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        Path project = KubernetesFiles.project();
        String kafka = String.valueOf(LaminarCluster.freePort());
        Commands commands = Commands.in(folder);
        commands.add(
                "dev",
                "LAMINAR_KAFKA_PORT=%s LAMINAR_KAFKA_FOLDER=%s exec %s \"$@\"\n"
                        .formatted(kafka, folder.resolve("kafka"), project.resolve("dev")));
        String page = Files.readString(project.resolve("docs/tutorials/kafka.md"))
                .replace("8081", String.valueOf(commands.restPort()))
                .replace("9092", kafka);
        try {
            String printed = ShellTutorial.run(page, Files.createDirectories(folder.resolve("work")), commands.bin());
            assertTrue(printed.contains("all sales are right") && printed.contains("still all right"), printed);
        } finally {
            // The broker is no child of the shell: it would outlive a failed test.
            new ProcessBuilder(commands.bin().resolve("dev").toString(), "kafka", "delete")
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }
}
