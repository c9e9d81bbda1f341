package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.counted;
import static io.laminar.flink.runtime.JobPlans.counts;
import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.request;
import static io.laminar.flink.runtime.JobPlans.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.scale.Parallelisms;
import io.laminar.flink.testing.Script;
import io.laminar.flink.testing.TestOperators;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ElasticRuntimeTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final Duration LONG = Duration.ofSeconds(60);

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
    void twentyJobsRunAtOnce(TestInfo info) throws Exception {
        List<Script> scripts = new ArrayList<>();
        List<RunningJob> jobs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            String table = info.getDisplayName() + n;
            Script script = new Script(500, 2, -1).register(table);
            var unused = script.readTo(100);
            scripts.add(script);
            jobs.add(runtime.submit(new JobRequest(
                    "job " + n,
                    JobPlans.plan(counted(source(table)), table),
                    wide(request(plan(counted(source(table)), info), 1 + n % 3, null))
                            .settings(),
                    TestOperators::create,
                    Duration.ofMillis(500),
                    null,
                    null,
                    false,
                    0)));
        }
        for (RunningJob job : jobs) {
            assertTrue(job.awaitRunning(LONG));
            assertEquals(JobState.RUNNING, job.state());
        }
        assertEquals(20, runtime.jobs().size());
        for (int n = 0; n < 20; n++) {
            var unused = scripts.get(n).readTo(500);
            assertEquals(RunningJob.End.FINISHED, jobs.get(n).await());
            assertEquals(counts(500, 2), counts(scripts.get(n)), "job " + n);
        }
        runtime.jobs().forEach(job -> assertEquals("finished", job.state()));
        jobs.forEach(job -> runtime.forget(job.id()));
        assertEquals(List.of(), runtime.jobs());
    }

    @Test
    void aJobThatIsLookedAtBeforeItHasStartedShowsItsOperators(TestInfo info) throws Exception {
        Script script = new Script(500, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(wide(request(plan(counted(source(info)), info), 1, null)));
        while (!reached.isDone()) {
            var unused = job.figures(Clock.systemUTC());
        }
        assertTrue(job.figures(Clock.systemUTC()).operators().size() > 1);
        var unused = script.readTo(500);
        assertEquals(RunningJob.End.FINISHED, job.await());
    }

    @Test
    void aJobGetsMoreSubtasksWhileItRuns(TestInfo info) throws Exception {
        Script script = new Script(500, 4, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(wide(request(plan(counted(source(info)), info), 1, null)));
        reached.get(60, TimeUnit.SECONDS);
        job.rescale(Parallelisms.everywhere(4));
        job.stages().stages().forEach(stage -> assertEquals(4, stage.parallelism(), stage.name()));
        LaminarException refusal = assertThrows(LaminarException.class, () -> job.rescale(Parallelisms.everywhere(9)));
        assertEquals(ErrorCode.RESCALE_REFUSED, refusal.code());
        var unused = script.readTo(500);
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertEquals(counts(500, 4), counts(script));
    }

    @Test
    void aJobThatFitsNowhereIsRefused(TestInfo info, @TempDir Path folder) throws Exception {
        new Script(500, 2, -1).register(info.getDisplayName());
        try (JobRuntime small = JobRuntime.elastic(new EmbeddedLimits(30, 20 * MEBIBYTE))) {
            LaminarException refusal = assertThrows(
                    LaminarException.class, () -> small.submit(request(plan(counted(source(info)), info), 64, folder)));
            assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal.code());
            assertTrue(refusal.reason().matches("the job needs \\d+ MB .* only 20 MB are free"), refusal.reason());
            assertEquals(List.of(), small.jobs());
            assertEquals(
                    RunningJob.End.FINISHED,
                    small.submit(request(plan(counted(source(info)), info), 2, folder))
                            .await());
        }
        try (JobRuntime one = JobRuntime.elastic(new EmbeddedLimits(1, 1 << 30))) {
            Script script = new Script(500, 2, -1).register(info.getDisplayName());
            var reached = script.readTo(100);
            RunningJob first = one.submit(request(plan(counted(source(info)), info), 1, null));
            reached.get(60, TimeUnit.SECONDS);
            LaminarException refusal = assertThrows(
                    LaminarException.class, () -> one.submit(request(plan(counted(source(info)), info), 1, null)));
            assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal.code());
            first.stop(StopMode.FORCE);
            assertEquals(JobState.STOPPED, first.state());
        }
    }

    @Test
    void jobsOfAClosedRuntimeGoOnFromTheirLastCheckpoint(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        JobRequest request = request(plan(counted(source(info)), info), 2, folder);
        RunningJob job = runtime.submit(request);
        reached.get(60, TimeUnit.SECONDS);
        long checkpoints = job.progress().checkpoints();
        while (job.progress().checkpoints() < checkpoints + 2) {
            Thread.onSpinWait();
        }
        runtime.close();
        job.end().get(60, TimeUnit.SECONDS);
        start();
        var unused = script.readTo(300);
        assertEquals(RunningJob.End.FINISHED, runtime.submit(request).await());
        assertEquals(counts(300, 2), counts(script));
    }

    /** Without the classes of the RPC system, which go with the runtime, what still ends would end the process. */
    @Test
    void clustersOfForgottenJobsAreGoneBeforeTheRuntimeIs(TestInfo info) throws Exception {
        for (int n = 0; n < 3; n++) {
            new Script(100, 2, -1).register(info.getDisplayName());
            RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 1, null));
            job.await();
            runtime.forget(job.id());
        }
        runtime.close();
        assertEquals(0, clusterFolders());
    }

    /** Threads, temporary files and what is known of jobs are as before. */
    @Test
    void nothingIsLeftOfManyJobs(TestInfo info) throws Exception {
        int rounds = Integer.getInteger("laminar.many.jobs", 40);
        long before = 0;
        int threads = 0;
        for (int n = 0; n < rounds; n++) {
            Script script = new Script(100, 2, -1).register(info.getDisplayName());
            RunningJob job = runtime.submit(wide(request(plan(counted(source(info)), info), 2, null)));
            job.awaitRunning(LONG);
            job.await();
            assertEquals(counts(100, 2), counts(script));
            runtime.forget(job.id());
            if (n == 9) {
                awaitNoClusters();
                threads = Thread.activeCount();
                before = usedHeap();
            }
        }
        awaitNoClusters();
        int limit = threads + 5;
        while (Thread.activeCount() > limit) {
            Thread.onSpinWait();
        }
        long grown = usedHeap() - before;
        assertTrue(grown < 20 * MEBIBYTE, "the heap has grown by " + grown);
    }

    private static void awaitNoClusters() throws Exception {
        while (clusterFolders() > 0) {
            Thread.onSpinWait();
        }
    }

    private static long clusterFolders() throws Exception {
        String prefix = "laminar-cluster-" + ProcessHandle.current().pid() + "-";
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
