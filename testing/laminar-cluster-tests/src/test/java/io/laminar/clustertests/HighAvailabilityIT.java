package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import io.laminar.testing.cluster.ZooKeeperServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coordinators that are killed, with and without another one that stands in. */
@Tag("slow")
class HighAvailabilityIT {
    private final Distribution distribution = Distribution.built();

    @TempDir
    private Path folder = Path.of("");

    private String[] options(ZooKeeperServer zooKeeper) {
        return new String[] {
            "--ha",
            "zookeeper://" + zooKeeper.address() + "/laminar",
            "--ha-storage",
            folder.resolve("ha").toString(),
            "--set",
            "high-availability.zookeeper.client.session-timeout=4s"
        };
    }

    private Path logs(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }

    @Test
    void aStandbyGoesOnWithTheJob() throws Exception {
        try (ZooKeeperServer zooKeeper = ZooKeeperServer.start(logs("zookeeper"));
                LaminarCluster first = LaminarCluster.start(distribution, logs("first"), options(zooKeeper))) {
            first.coordinator().awaitErr("takes jobs");
            try (LaminarCluster second = LaminarCluster.start(distribution, logs("second"), options(zooKeeper))) {
                second.coordinator().awaitErr("takes jobs");
                first.addWorker(2, second.address()).awaitErr("joined ");
                FedPipeline pipeline = new FedPipeline(folder);
                ChildProcess run = first.laminar(
                        folder,
                        "run",
                        "--cluster",
                        "zookeeper://" + zooKeeper.address() + "/laminar",
                        "-p",
                        "2",
                        "--state",
                        folder.resolve("state").toString(),
                        pipeline.sql());
                pipeline.feed(2_000);
                run.await("the first rows", pipeline::isThrough);
                first.coordinator().kill();
                pipeline.feed(3_000);
                run.await("rows by way of the standby", pipeline::isThrough);
                assertEquals(2, second.slots());
                run.interrupt();
                ChildProcess.Ended ended = run.end();
                assertEquals(0, ended.code(), ended.err());
                assertTrue(ended.err().contains("The state is in"), ended.err());
                pipeline.assertExact();
            }
        }
    }

    /** The client, which knows a fixed address, the worker and the job all wait for it. */
    @Test
    void aCoordinatorThatIsStartedAnewGoesOnWithTheJob() throws Exception {
        try (ZooKeeperServer zooKeeper = ZooKeeperServer.start(logs("zookeeper"));
                LaminarCluster cluster = LaminarCluster.start(distribution, logs("cluster"), options(zooKeeper))) {
            cluster.withWorkers(1, 2);
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
            cluster.coordinator().kill();
            pipeline.feed(3_000);
            cluster.restartCoordinator().awaitErr("takes jobs");
            run.await("rows by way of the new coordinator", pipeline::isThrough);
            run.interrupt();
            ChildProcess.Ended ended = run.end();
            assertEquals(0, ended.code(), ended.err());
            pipeline.assertExact();
        }
    }

    /** Jobs are gone with it, and say so; their state is there. */
    @Test
    void withoutHighAvailabilityTheStateIsKept() throws Exception {
        try (LaminarCluster cluster = LaminarCluster.start(distribution, logs("cluster"))) {
            cluster.withWorkers(1, 2);
            FedPipeline pipeline = new FedPipeline(folder);
            String state = folder.resolve("state").toString();
            String sql = pipeline.sql();
            ChildProcess run =
                    cluster.laminar(folder, "run", "--cluster", cluster.url(), "-p", "2", "--state", state, sql);
            pipeline.feed(2_000);
            run.await("the first rows", pipeline::isThrough);
            cluster.coordinator().kill();
            ChildProcess worker = cluster.workers().get(0);
            cluster.restartCoordinator().awaitErr("takes jobs");
            ChildProcess.Ended ended = run.end();
            assertEquals(1, ended.code(), ended.err());
            assertTrue(ended.err().contains("has forgotten job"), ended.err());
            assertFalse(ended.err().contains("\tat "), ended.err());

            worker.await("the worker again", () -> cluster.slots() == 2);
            ChildProcess resumed =
                    cluster.laminar(folder, "run", "--cluster", cluster.url(), "-p", "2", "--state", state, sql);
            pipeline.feed(1_000);
            resumed.await("rows after the restart", pipeline::isThrough);
            resumed.interrupt();
            assertEquals(0, resumed.end().code());
            pipeline.assertExact();
        }
    }
}
