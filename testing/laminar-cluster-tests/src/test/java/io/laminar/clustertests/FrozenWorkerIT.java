package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that hangs is told from one that is slow by its heartbeats; when it wakes up, it does no harm. */
@Tag("slow")
class FrozenWorkerIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void itsWorkGoesOnElsewhere() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        try (LaminarCluster cluster =
                LaminarCluster.start(Distribution.built(), logs, "--set", "heartbeat.timeout=8s")) {
            cluster.withWorkers(2, 1);
            FedPipeline pipeline = new FedPipeline(folder);
            ChildProcess run = cluster.laminar(
                    folder,
                    "run",
                    "--cluster",
                    cluster.url(),
                    "-p",
                    "2",
                    "--state",
                    folder.resolve("state").toString(),
                    pipeline.sql());
            pipeline.feed(2_000);
            run.await("the first rows", pipeline::isThrough);
            ChildProcess frozen = cluster.workers().get(0);
            frozen.freeze();
            pipeline.feed(3_000);
            run.await("rows without it", pipeline::isThrough);
            frozen.thaw();
            run.await("it again", () -> cluster.slots() == 2);
            pipeline.feed(1_000);
            run.await("rows with it", pipeline::isThrough);
            run.interrupt();
            assertEquals(0, run.end().code());
            pipeline.assertExact();
        }
    }
}
