package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.cluster.LaminarCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitoring, as its page is written, with a real Prometheus: that of this machine, or else Debian's. */
@Tag("slow")
class MonitoringTutorialIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        Path programs =
                DebianPackage.named("prometheus", folder.resolve("debian")).programs("prometheus", "promtool");
        String printed = new ServerTutorial("monitoring.md", folder)
                .command("prometheus", "exec " + programs.resolve("prometheus") + " \"$@\"\n")
                .command("promtool", "exec " + programs.resolve("promtool") + " \"$@\"\n")
                .with("localhost:9090", "localhost:" + LaminarCluster.freePort())
                .with("localhost:4318", "localhost:" + LaminarCluster.freePort())
                .run();
        assertTrue(printed.contains("traces cannot be sent to"), printed);
    }
}
