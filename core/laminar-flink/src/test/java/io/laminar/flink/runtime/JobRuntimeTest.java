package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.counted;
import static io.laminar.flink.runtime.JobPlans.counts;
import static io.laminar.flink.runtime.JobPlans.filter;
import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.request;
import static io.laminar.flink.runtime.JobPlans.source;
import static io.laminar.flink.runtime.JobPlans.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.testing.NumbersConnector;
import io.laminar.flink.testing.Script;
import io.laminar.flink.testing.TestOperators;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JobRuntimeTest {
    private JobRuntime runtime;

    @BeforeEach
    void start() {
        runtime = JobRuntime.start(3);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aFilteredTableComesThrough(TestInfo info) throws Exception {
        Script script = new Script(1000, 3, -1).register(info.getDisplayName());
        RunningJob job = runtime.submit(request(plan(filter(source(info)), info), 2, null));
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertEquals(
                LongStream.range(0, 1500).map(i -> i / 3 * 2).boxed().toList(),
                values(script.written(), 1).stream().sorted().toList());
        JobProgress progress = job.progress();
        assertEquals(3000, progress.rowsIn());
        assertEquals(1500, progress.rowsOut());
        assertEquals(1500, progress.counters().get("odd_rows"));
    }

    @Test
    void rowsOfOneKeyMeetAtEveryParallelism(TestInfo info) throws Exception {
        for (int parallelism = 1; parallelism <= 3; parallelism++) {
            Script script = new Script(500, 4, -1).register(info.getDisplayName());
            runtime.submit(request(plan(counted(source(info)), info), parallelism, null))
                    .await();
            assertEquals(counts(500, 4), counts(script), "parallelism " + parallelism);
        }
    }

    @Test
    void theSizeOfTheStateOfAllSubtasksIsKnown(TestInfo info) throws Exception {
        Script script = new Script(500, 4, -1).register(info.getDisplayName());
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 2, null));
        job.await();
        assertEquals(
                TestOperators.BYTES_PER_KEY * counts(script).size(),
                job.progress().stateBytes());
        assertFalse(job.progress().counters().containsKey("state_bytes"));
    }

    @Test
    void theLayoutInTwoThreadsGivesTheSame(TestInfo info) throws Exception {
        Script script = new Script(500, 4, -1).register(info.getDisplayName());
        JobRequest request = request(plan(counted(source(info)), info), 1, null);
        runtime.submit(request.withSettings(request.settings().withChained(false)))
                .await();
        assertEquals(counts(500, 4), counts(script));
    }

    @Test
    void afterAFailureNothingIsLostOrDoubled(TestInfo info) throws Exception {
        Script script = new Script(500, 2, 250).register(info.getDisplayName());
        RunningJob job = runtime.submit(
                request(plan(counted(source(info)), info), 2, null).withRestarts(1));
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertEquals(counts(500, 2), counts(script));
    }

    @Test
    void stateMovesBetweenParallelisms(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(400, 4, -1).register(info.getDisplayName());
        int[] parallelisms = {1, 2, 3};
        for (int step = 0; step < parallelisms.length; step++) {
            var reached = script.readTo(100L * (step + 1));
            RunningJob job = runtime.submit(request(plan(counted(source(info)), info), parallelisms[step], folder));
            reached.get(60, TimeUnit.SECONDS);
            job.stop();
            assertEquals(RunningJob.End.STOPPED, job.await());
            assertEquals(List.of(), script.written());
        }
        var unused = script.readTo(400);
        RunningJob last = runtime.submit(request(plan(counted(source(info)), info), 1, folder));
        assertEquals(RunningJob.End.FINISHED, last.await());
        assertEquals(counts(400, 4), counts(script));
    }

    @Test
    void aCancelledJobGoesOnFromItsLastCheckpoint(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        JobRequest request = request(plan(counted(source(info)), info), 2, folder);
        RunningJob job = runtime.submit(request);
        reached.get(60, TimeUnit.SECONDS);
        long checkpoints = job.progress().checkpoints();
        while (job.progress().checkpoints() < checkpoints + 2) {
            Thread.onSpinWait();
        }
        job.cancel();
        assertEquals(RunningJob.End.STOPPED, job.await());
        var unused = script.readTo(300);
        assertEquals(RunningJob.End.FINISHED, runtime.submit(request).await());
        assertEquals(counts(300, 2), counts(script));
    }

    @Test
    void aFolderInUseIsRefused(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        JobRequest request = request(plan(counted(source(info)), info), 1, folder);
        RunningJob job = runtime.submit(request);
        reached.get(60, TimeUnit.SECONDS);
        LaminarException refusal = assertThrows(LaminarException.class, () -> runtime.submit(request));
        assertEquals(ErrorCode.STATE_MISMATCH, refusal.code());
        assertTrue(refusal.reason().contains("in use"), refusal.reason());
        job.cancel();
        job.await();
    }

    @Test
    void errorsOfTheUsersDataShowAsTheyAre(TestInfo info) {
        new Script(2000, 1, -1).register(info.getDisplayName());
        RunningJob job = runtime.submit(request(plan(filter(source(info)), info), 2, null));
        LaminarException error = assertThrows(LaminarException.class, job::await);
        assertEquals(ErrorCode.DIVISION_BY_ZERO, error.code());
        assertEquals("1013 divided by zero", error.reason());
    }

    @Test
    void otherFailuresAreNamed(TestInfo info) {
        new Script(300, 1, 100).register(info.getDisplayName());
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 1, null));
        LaminarException error = assertThrows(LaminarException.class, job::await);
        assertEquals(ErrorCode.JOB_FAILED, error.code());
        assertEquals("IllegalStateException: failure on purpose", error.reason());
    }

    @Test
    void checkpointsThatCannotBeWrittenFailTheJob(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 1, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 1, folder));
        reached.get(60, TimeUnit.SECONDS);
        while (job.progress().checkpoints() == 0) {
            Thread.onSpinWait();
        }
        // Permissions do not stop root, a file in the folder's place does.
        Files.move(folder.resolve("runs"), folder.resolve("moved"));
        Files.writeString(folder.resolve("runs"), "in the way");
        LaminarException error = assertThrows(LaminarException.class, job::await);
        assertEquals(ErrorCode.CHECKPOINT_FAILED, error.code(), error.describe());
        assertTrue(job.progress().failedCheckpoints() > 0);
    }

    /**
     * A source ends and is in a checkpoint, so it closes. The rest of the job ends just then: the checkpoint that Flink
     * starts now, and no other for a day, is declined by the task that closes.
     */
    @Test
    void aJobEndsAlthoughItsLastCheckpointIsDeclined(TestInfo info) throws Exception {
        for (int parallelism = 1; parallelism <= 2; parallelism++) {
            Script script = new Script(100, 2, -1).register(info.getDisplayName());
            CompletableFuture<Void> mayClose = new CompletableFuture<>();
            try {
                String other = info.getDisplayName() + parallelism;
                Script ended = new Script(100, 1, -1).holdClosing(mayClose).register(other);
                var reached = script.readTo(50);
                PlanNode both = new UnionNode(List.of(source(other), source(info)), NumbersConnector.SCHEMA);
                RunningJob job =
                        runtime.submit(request(plan(counted(both), info), parallelism, null, Duration.ofDays(1)));
                reached.get(60, TimeUnit.SECONDS);
                var early = job.startCheckpoint();
                ended.closing().get(60, TimeUnit.SECONDS);
                long failed = job.progress().failedCheckpoints();
                var unused = script.readTo(100);
                while (job.progress().failedCheckpoints() < failed + 2) {
                    Thread.onSpinWait();
                }
                mayClose.complete(null);
                assertEquals(RunningJob.End.FINISHED, job.await());
                assertEquals(counts(100, 3), counts(script));
            } finally {
                mayClose.complete(null);
            }
        }
    }

    @Test
    void anUnusableStateFolderIsRefusedAtOnce(TestInfo info, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");
        LaminarException error = assertThrows(
                LaminarException.class, () -> runtime.submit(request(plan(counted(source(info)), info), 1, file)));
        assertEquals(ErrorCode.CHECKPOINT_FAILED, error.code());
    }

    @Test
    void rowsWrittenInTheQueryComeThrough(TestInfo info) throws Exception {
        Script script = new Script(0, 0, -1).register(info.getDisplayName());
        List<List<Expression.Literal>> rows = new ArrayList<>();
        for (long i = 0; i < 3; i++) {
            rows.add(List.of(
                    new Expression.Literal(i, Scalar.BIGINT),
                    new Expression.Literal(i * 10, Scalar.BIGINT),
                    new Expression.Literal(0L, Scalar.TIMESTAMP)));
        }
        runtime.submit(request(plan(new ValuesNode(NumbersConnector.SCHEMA, rows), info), 3, null))
                .await();
        assertEquals(List.of(0L, 10L, 20L), values(script.written(), 1));
    }

    @Test
    void temporaryFilesGoWithTheCluster() throws Exception {
        runtime.close();
        assertEquals(
                List.of(),
                temporaryFolders(String.valueOf(ProcessHandle.current().pid())));
        start();
    }

    @Test
    void foldersOfKilledProcessesGoToo() throws Exception {
        // No process has a number as large as this.
        String killed = "999999999";
        Path orphan = Path.of(System.getProperty("java.io.tmpdir"), "laminar-cluster-" + killed + "-1");
        Files.createDirectories(orphan.resolve("deep"));
        Files.writeString(orphan.resolve("deep").resolve("file"), "left behind");
        JobRuntime.start(1).close();
        assertEquals(List.of(), temporaryFolders(killed));
    }

    private static List<Path> temporaryFolders(String process) throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("laminar-cluster-" + process + "-"))
                    .toList();
        }
    }
}
