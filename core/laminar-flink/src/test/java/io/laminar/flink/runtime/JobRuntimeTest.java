package io.laminar.flink.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.flink.scale.ScalingDecision;
import io.laminar.flink.scale.ScalingLimits;
import io.laminar.flink.scale.Stage;
import io.laminar.flink.testing.NumbersConnector;
import io.laminar.flink.testing.Script;
import io.laminar.flink.testing.TestOperators;
import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
    void stagesGetMoreAndFewerSubtasksWhileTheJobRuns(TestInfo info) throws Exception {
        Script script = new Script(500, 4, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 2, null));
        reached.get(60, TimeUnit.SECONDS);
        List<Parallelisms> steps = List.of(
                Parallelisms.everywhere(3),
                Parallelisms.of(Map.of("aggregate", 1)),
                Parallelisms.of(Map.of("aggregate", 3, "exchange", 1)));
        List<Map<String, Integer>> expected = List.of(
                Map.of("source", 3, "aggregate", 3),
                Map.of("source", 3, "aggregate", 1),
                Map.of("source", 1, "aggregate", 3));
        for (int step = 0; step < steps.size(); step++) {
            job.rescale(steps.get(step));
            Map<String, Integer> now = new TreeMap<>();
            for (Stage stage : job.stages().stages()) {
                now.put(stage.name().contains("exchange") ? "source" : "aggregate", stage.parallelism());
            }
            assertEquals(new TreeMap<>(expected.get(step)), now);
            reached = script.readTo(200 + 100 * step);
            reached.get(60, TimeUnit.SECONDS);
        }
        var unused = script.readTo(500);
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertEquals(counts(500, 4), counts(script));
    }

    @Test
    void theAutoscalerTakesSubtasksFromAJobWithNothingToDo(TestInfo info) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 3, null));
        reached.get(60, TimeUnit.SECONDS);
        Duration minute = Duration.ofMinutes(1);
        ScalingLimits limits = new ScalingLimits(1, 3, 0.7, minute, minute, minute);
        Clock start = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        AtomicInteger looks = new AtomicInteger();
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return start.instant().plus(minute.multipliedBy(looks.incrementAndGet()));
            }

            @Override
            public ZoneId getZone() {
                return start.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        List<ScalingDecision> heard = new ArrayList<>();
        Autoscaler autoscaler = new Autoscaler(job, limits, clock, heard::add);
        autoscaler.look();
        for (int parallelism = 2; parallelism >= 1; parallelism--) {
            while (job.loads().isEmpty()
                    || job.loads().values().stream().anyMatch(load -> load.busy() > 0.3)) {
                // Flink measures tasks every five seconds.
                LockSupport.parkNanos(20_000_000);
            }
            while (heard.isEmpty() || heard.get(heard.size() - 1).changes().isEmpty()) {
                assertTrue(heard.size() < 10, heard.toString());
                autoscaler.look();
            }
            int expected = parallelism;
            job.stages().stages().forEach(stage -> assertEquals(expected, stage.parallelism(), stage.name()));
            List<ScalingDecision> known = autoscaler.decisions();
            assertEquals(heard, known.subList(known.size() - heard.size(), known.size()));
            heard.clear();
        }
        var unused = script.readTo(300);
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertEquals(counts(300, 2), counts(script));
    }

    @Test
    void moreSubtasksThanSlotsAreRefused(TestInfo info) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 2, null));
        reached.get(60, TimeUnit.SECONDS);
        LaminarException refusal = assertThrows(LaminarException.class, () -> job.rescale(Parallelisms.everywhere(4)));
        assertEquals(ErrorCode.RESCALE_REFUSED, refusal.code());
        assertEquals("4 subtasks need 4 slots, and the cluster has 3", refusal.reason());
        job.cancel();
        job.await();
    }

    @Test
    void aJobInOneThreadIsStartedAgainRatherThanRescaled(TestInfo info) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 1, null));
        reached.get(60, TimeUnit.SECONDS);
        LaminarException refusal = assertThrows(LaminarException.class, () -> job.rescale(Parallelisms.everywhere(2)));
        assertTrue(refusal.reason().contains("one thread"), refusal.reason());
        job.cancel();
        job.await();
    }

    @Test
    void stateOfAnotherPipelineIsRefused(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 2, folder));
        reached.get(60, TimeUnit.SECONDS);
        job.stop();
        job.await();
        JobRequest other = request(plan(filter(source(info)), info), 2, folder);
        LaminarException refusal = assertThrows(LaminarException.class, () -> runtime.submit(other));
        assertEquals(ErrorCode.STATE_MISMATCH, refusal.code());
        assertTrue(refusal.reason().contains("aggregate"), refusal.reason());
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

    private static PlanNode source(TestInfo info) {
        return source(info.getDisplayName());
    }

    private static PlanNode source(String table) {
        return new SourceNode(
                NumbersConnector.table(table, NumbersConnector.SCHEMA),
                new WatermarkSpec(new Expression.Input(2, Scalar.TIMESTAMP, false), null, 0, 0),
                true,
                ChangelogMode.APPEND);
    }

    private static PlanNode filter(PlanNode input) {
        return new FilterProjectNode(input, null, List.of(), null, input.schema());
    }

    private static PlanNode counted(PlanNode input) {
        return new AggregateNode(
                new ExchangeNode(input, new Distribution.Keyed(List.of(0))),
                List.of(0),
                List.of(),
                Phase.COMPLETE,
                new Emit.Final(),
                0,
                TestOperators.COUNTS);
    }

    private static StreamPlan plan(PlanNode node, TestInfo info) {
        return new StreamPlan(
                List.of(new SinkNode(node, NumbersConnector.table(info.getDisplayName(), node.schema()))),
                PipelineSettings.DEFAULTS);
    }

    private static JobRequest request(StreamPlan plan, int parallelism, Path state) {
        return request(plan, parallelism, state, Duration.ofMillis(50));
    }

    private static JobRequest request(StreamPlan plan, int parallelism, Path state, Duration interval) {
        return new JobRequest(
                "test",
                plan,
                new JobSettings(parallelism, JobSettings.DEFAULT_MAX_PARALLELISM, true, 1),
                TestOperators::create,
                interval,
                state,
                0);
    }

    private static Map<Long, List<Long>> counts(long rows, int splits) {
        Map<Long, List<Long>> counts = new TreeMap<>();
        for (long key = 0; key < 10; key++) {
            long first = key;
            long sum = LongStream.range(0, rows).filter(v -> v % 10 == first).sum();
            counts.put(key, List.of(rows / 10 * splits, sum * splits));
        }
        return counts;
    }

    private static Map<Long, List<Long>> counts(Script script) {
        Map<Long, List<Long>> counts = new TreeMap<>();
        for (Batch batch : script.written()) {
            for (int row = 0; row < batch.size(); row++) {
                List<Long> before = counts.put(
                        ((LongColumn) batch.column(0)).value(row),
                        List.of(((LongColumn) batch.column(1)).value(row), ((LongColumn) batch.column(2)).value(row)));
                assertEquals(null, before, "a key came twice");
            }
        }
        return counts;
    }

    private static List<Long> values(List<Batch> batches, int column) {
        List<Long> values = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.size(); row++) {
                values.add(((LongColumn) batch.column(column)).value(row));
            }
        }
        return values;
    }
}
