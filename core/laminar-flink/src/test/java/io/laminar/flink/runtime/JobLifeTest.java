package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.counted;
import static io.laminar.flink.runtime.JobPlans.counts;
import static io.laminar.flink.runtime.JobPlans.filter;
import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.request;
import static io.laminar.flink.runtime.JobPlans.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.metrics.JobFigures;
import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.metrics.Role;
import io.laminar.flink.testing.Script;
import io.laminar.flink.testing.TestOperators;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.PlanGraph;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked of a job while it runs and after its end, and the ways to stop it. */
@Timeout(180)
class JobLifeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.systemUTC();

    private JobRuntime runtime;

    @BeforeEach
    void start() {
        runtime = JobRuntime.elastic(new EmbeddedLimits(30, 1 << 30));
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private static JobRequest wide(JobRequest request) {
        return request.withSettings(request.settings().withChained(false));
    }

    @Test
    void operatorsOfThePlanAreCounted(TestInfo info) throws Exception {
        Script script = new Script(500, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(400);
        StreamPlan plan = plan(counted(filter(source(info))), info);
        RunningJob job = runtime.submit(wide(request(plan, 2, null)));
        assertTrue(job.awaitRunning(LONG));
        assertEquals(JobState.RUNNING, job.state());
        reached.get(60, TimeUnit.SECONDS);
        JobFigures now = job.figures(CLOCK);
        while (now.total().counts().rowsIn() < 800
                || now.operators().stream().anyMatch(one -> one.parallelism() == 0)
                || now.total().watermark() < 300_000_000) {
            now = job.figures(CLOCK);
        }
        Set<String> ids =
                PlanGraph.of(plan).nodes().stream().map(PlanGraph.Node::id).collect(Collectors.toSet());
        now.operators().forEach(one -> {
            assertTrue(ids.contains(one.operator().id()), one.operator().toString());
            assertEquals(2, one.parallelism(), one.operator().toString());
            assertEquals(128, one.maxParallelism());
            assertEquals(32, one.stage().length());
        });
        assertEquals(
                List.of(Role.SOURCE, Role.OPERATOR, Role.OPERATOR, Role.OPERATOR, Role.SINK),
                now.operators().stream().map(one -> one.operator().role()).toList());
        OperatorFigures source = now.operators().get(0);
        assertEquals(info.getDisplayName(), source.operator().name());
        assertEquals(800, source.total().counts().rowsOut());
        // Two columns are BIGINT, one is a time, and every row has its event time.
        assertEquals(800 * 32, source.total().counts().bytesOut());
        assertEquals(399_000_000 - 1, source.total().watermark());
        OperatorFigures filter = now.operators().get(1);
        assertEquals(800, filter.total().counts().rowsIn());
        assertEquals(400, filter.total().counts().rowsOut());
        assertEquals(
                400,
                filter.subtasks().stream()
                        .mapToLong(one -> one.counts().rowsOut())
                        .sum());
        assertEquals(400, now.operators().get(2).total().counts().rowsOut());
        assertEquals(400, now.operators().get(3).total().counts().rowsIn());
        assertTrue(now.total().rates().rowsIn() >= 0);
        var unused = script.readTo(500);
        job.await();
        JobFigures last = job.figures(CLOCK);
        assertEquals(1000, last.total().counts().rowsIn());
        assertEquals(5, last.total().counts().rowsOut());
        assertEquals(5 * TestOperators.BYTES_PER_KEY, last.total().stateBytes());
        assertTrue(last.checkpoints() > 0);
        assertNotNull(last.lastCheckpoint());
    }

    @Test
    void countsGoOnAfterAFailureWhichIsRemembered(TestInfo info) throws Exception {
        Script script = new Script(500, 2, 250).register(info.getDisplayName());
        RunningJob job = runtime.submit(
                wide(request(plan(counted(source(info)), info), 2, null)).withRestarts(1));
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertEquals(counts(500, 2), counts(script));
        List<JobFailure> failures = job.failures();
        assertEquals(1, failures.size());
        assertEquals(
                "IllegalStateException: failure on purpose", failures.get(0).reason());
        assertEquals(ErrorCode.JOB_FAILED, failures.get(0).code());
        assertTrue(job.figures(CLOCK).total().counts().rowsIn() >= 1000);
        assertEquals(JobState.FINISHED, job.end().get().state());
    }

    @Test
    void theFailureThatEndsAJobHasItsCode(TestInfo info) throws Exception {
        new Script(2000, 1, -1).register(info.getDisplayName());
        RunningJob job = runtime.submit(request(plan(filter(source(info)), info), 2, null));
        JobEnd end = job.end().get(60, TimeUnit.SECONDS);
        assertEquals(JobState.FAILED, end.state());
        assertEquals(ErrorCode.DIVISION_BY_ZERO, end.failure().code());
        assertEquals(JobState.FAILED, job.state());
        JobFailure last = job.failures().get(0);
        assertEquals(ErrorCode.DIVISION_BY_ZERO, last.code());
        assertEquals("1013 divided by zero", last.reason());
        assertTrue(String.valueOf(last.stage()).contains("filter-project"), last.toString());
        assertThrows(LaminarException.class, () -> job.awaitRunning(LONG));
    }

    @Test
    void checkpointsShowWhatSubtasksDid(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(wide(request(plan(counted(source(info)), info), 2, folder)));
        reached.get(60, TimeUnit.SECONDS);
        job.checkpoint();
        job.savepoint(folder.resolve("kept").toString());
        Checkpoint savepoint = job.checkpoints().stream()
                .filter(one -> one.kind() == Checkpoint.Kind.SAVEPOINT)
                .findFirst()
                .orElseThrow();
        assertEquals(Checkpoint.State.COMPLETED, savepoint.state());
        assertTrue(savepoint.bytes() > 0);
        assertEquals(savepoint.tasks(), savepoint.done());
        assertTrue(String.valueOf(savepoint.path()).contains("kept"), savepoint.toString());
        assertNull(savepoint.failure());
        CheckpointDetails details = job.checkpoint(savepoint.id()).orElseThrow();
        assertEquals(2, details.stages().size());
        details.stages().forEach(stage -> {
            assertEquals(2, stage.subtasks().size());
            assertTrue(stage.operators().size() >= 2, stage.toString());
            stage.subtasks().forEach(subtask -> assertNotNull(subtask.sync()));
        });
        assertEquals(
                savepoint.bytes(),
                details.stages().stream()
                        .mapToLong(CheckpointDetails.OfStage::bytes)
                        .sum());
        assertFalse(job.checkpoint(1_000_000).isPresent());
        job.stop(StopMode.CHECKPOINT);
        assertEquals(JobState.STOPPED, job.state());
        assertEquals(
                2,
                job.checkpoints().stream()
                        .filter(one -> one.kind() == Checkpoint.Kind.SAVEPOINT)
                        .count());
        var unused = script.readTo(300);
        assertEquals(
                RunningJob.End.FINISHED,
                runtime.submit(request(plan(counted(source(info)), info), 2, folder))
                        .await());
        assertEquals(counts(300, 2), counts(script));
    }

    @Test
    void aDrainedJobHasFinished(TestInfo info, @TempDir Path folder) throws Exception {
        for (Path state : new Path[] {folder, null}) {
            Script script = new Script(1000, 2, -1).register(info.getDisplayName());
            var reached = script.readTo(200);
            JobRequest request = wide(request(plan(counted(source(info)), info), 2, state));
            RunningJob job = runtime.submit(request);
            reached.get(60, TimeUnit.SECONDS);
            job.stop(StopMode.GRACEFUL);
            assertEquals(JobState.FINISHED, job.state());
            assertEquals(counts(200, 2), new TreeMap<>(counts(script)));
            assertEquals(state != null, JobRuntime.hasFinished(request));
        }
    }

    @Test
    void whatIsStoppedAtOnceGoesOnFromItsLastCheckpoint(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(400, 2, -1).register(info.getDisplayName());
        JobRequest request = wide(request(plan(counted(source(info)), info), 2, folder));
        int step = 0;
        for (StopMode mode : List.of(StopMode.IMMEDIATE, StopMode.FORCE)) {
            step += 100;
            var reached = script.readTo(step);
            RunningJob job = runtime.submit(request);
            reached.get(60, TimeUnit.SECONDS);
            job.checkpoint();
            job.stop(mode);
            assertEquals(JobState.STOPPED, job.state());
            assertEquals(JobState.STOPPED, job.end().get().state());
            assertEquals(List.of(), script.written());
        }
        var unused = script.readTo(400);
        assertEquals(RunningJob.End.FINISHED, runtime.submit(request).await());
        assertEquals(counts(400, 2), counts(script));
    }
}
