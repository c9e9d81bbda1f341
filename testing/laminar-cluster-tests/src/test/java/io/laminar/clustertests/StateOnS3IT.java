package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import io.laminar.testing.s3.S3Mock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State folders in an object store: of a pipeline in one process, and of one on a cluster. */
class StateOnS3IT {
    private static final int HEAP = 400;
    private static final String STATE = "s3://states/my.state";

    private static S3Mock store;
    private static Distribution distribution;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start(@TempDir Path folder) {
        store = S3Mock.start(folder.resolve("store"));
        store.createBucket("states");
        distribution = Distribution.built()
                .withEnvironment(Map.of(
                        "AWS_ENDPOINT_URL", store.endpoint(),
                        "AWS_ACCESS_KEY_ID", "key",
                        "AWS_SECRET_ACCESS_KEY", "secret",
                        "AWS_REGION", "eu-central-1"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private ChildProcess run(String name, String state, FedPipeline pipeline) throws IOException {
        return ChildProcess.start(
                name, folder, distribution.laminar(HEAP, "run", "-p", "2", "--state", state, pipeline.sql()));
    }

    @Test
    void theSameCommandGoesOn() throws Exception {
        FedPipeline pipeline = new FedPipeline(folder);
        ChildProcess first = run("first", STATE, pipeline);
        pipeline.feed(2_000);
        first.await("the first rows", pipeline::isThrough);
        ChildProcess.Ended second = run("second", STATE, pipeline).end();
        assertEquals(1, second.code(), second.err());
        assertTrue(second.err().contains("the state folder '" + STATE + "' is in use"), second.err());
        first.interrupt();
        assertEquals(0, first.end().code());

        pipeline.feed(3_000);
        ChildProcess third = run("third", STATE, pipeline);
        third.await("the rest", pipeline::isThrough);
        third.interrupt();
        assertEquals(0, third.end().code());
        pipeline.assertExact();
    }

    @Test
    @Tag("slow")
    void aKilledProcessLosesTheFolderAfterAWhile() throws Exception {
        FedPipeline pipeline = new FedPipeline(folder);
        ChildProcess first = run("first", STATE + ".killed", pipeline);
        pipeline.feed(2_000);
        first.await("the first rows", pipeline::isThrough);
        first.kill();
        pipeline.feed(3_000);
        ChildProcess second = run("second", STATE + ".killed", pipeline);
        second.await("the rest", pipeline::isThrough);
        second.interrupt();
        assertEquals(0, second.end().code());
        pipeline.assertExact();
    }

    @Test
    @Tag("slow")
    void aClusterThatLosesAWorkerGoesOn() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        try (LaminarCluster cluster = LaminarCluster.start(distribution, logs)) {
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
                    STATE + ".cluster",
                    pipeline.sql());
            pipeline.feed(2_000);
            run.await("the first rows", pipeline::isThrough);
            cluster.workers().get(0).kill();
            cluster.withWorkers(1, 1);
            pipeline.feed(3_000);
            run.await("the rest", pipeline::isThrough);
            run.interrupt();
            assertEquals(0, run.end().code());
            pipeline.assertExact();
        }
    }
}
