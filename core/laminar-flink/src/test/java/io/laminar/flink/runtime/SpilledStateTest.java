package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.Operators;
import io.laminar.execution.spill.SpillSettings;
import io.laminar.flink.operator.StateLimits;
import io.laminar.flink.testing.Script;
import io.laminar.flink.translate.JobSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An aggregation on Flink whose state takes several times the memory that it may take. */
@Timeout(120)
class SpilledStateTest {
    private static final int KEYS = 50_000;
    private static final int SOME = KEYS / 10;
    /** The state takes more than 2 MB. */
    private static final long MEMORY = 400_000;

    @TempDir
    Path folder;

    private JobRuntime runtime;

    @BeforeEach
    void start() {
        runtime = JobRuntime.start(3);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private JobRequest request(TestInfo info, int parallelism, Path spill) {
        StateLimits limits = new StateLimits(MEMORY, new SpillSettings(100_000, 32_000, 1000, spill.toString()));
        return new JobRequest(
                "test",
                plan(JobPlans.grouped(source(info)), info),
                new JobSettings(parallelism, JobSettings.DEFAULT_MAX_PARALLELISM, true, 1, limits),
                node -> Operators.builtin().create(node),
                Duration.ofDays(1),
                folder.resolve("state").toString(),
                null,
                false,
                1);
    }

    private static boolean isEmpty(Path of) throws IOException {
        try (var files = Files.walk(of)) {
            return files.noneMatch(Files::isRegularFile);
        }
    }

    @Test
    void afterAFailureAJobGoesOn(TestInfo info) throws Exception {
        Path spill = folder.resolve("spill");
        Script script =
                new Script(KEYS + 4L * SOME, 1, KEYS + 3L * SOME).keys(KEYS).register(info.getDisplayName());
        var reached = script.readTo(KEYS);
        RunningJob job = runtime.submit(request(info, 2, spill));
        reached.get(60, TimeUnit.SECONDS);
        // What has been read has come to the aggregation then.
        job.checkpoint();
        assertFalse(isEmpty(spill));
        for (int i = 1; i <= 2; i++) {
            job.checkpoint();
            script.readTo(KEYS + (long) i * SOME).get(60, TimeUnit.SECONDS);
            assertTrue(job.progress().stateBytes() < 2 * MEMORY, job.progress().toString());
        }
        reached = script.readTo(script.rows);
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertTrue(script.hasFailed());
        JobPlans.assertCounts(script, KEYS);
        assertTrue(isEmpty(spill));
    }

    @Test
    void aKilledJobGoesOnWithOtherSubtasks(TestInfo info) throws Exception {
        Script script = new Script(KEYS + 4L * SOME, 1, -1).keys(KEYS).register(info.getDisplayName());
        // Not 1: Flink does not restore readers that have ended into another layout of tasks.
        int[] parallelisms = {2, 3, 2};
        for (int run = 0; run < parallelisms.length; run++) {
            var reached = script.readTo(KEYS + (long) run * SOME);
            RunningJob job = runtime.submit(request(info, parallelisms[run], folder.resolve("spill")));
            reached.get(60, TimeUnit.SECONDS);
            job.checkpoint();
            script.readTo(KEYS + run * SOME + SOME / 2L).get(60, TimeUnit.SECONDS);
            job.checkpoint();
            // Read in vain: nothing has stored it.
            script.readTo(KEYS + (run + 1L) * SOME).get(60, TimeUnit.SECONDS);
            job.cancel();
            assertEquals(RunningJob.End.STOPPED, job.await());
        }
        var unused = script.readTo(script.rows);
        assertEquals(
                RunningJob.End.FINISHED,
                runtime.submit(request(info, 2, folder.resolve("spill"))).await());
        JobPlans.assertCounts(script, KEYS);
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnError(TestInfo info) throws Exception {
        Path spill = Files.writeString(folder.resolve("file"), "");
        Script script = new Script(KEYS, 1, -1).keys(KEYS).register(info.getDisplayName());
        var unused = script.readTo(KEYS);
        LaminarException error =
                Assertions.assertThrows(LaminarException.class, runtime.submit(request(info, 2, spill))::await);
        assertEquals(ErrorCode.SPILL_FAILED, error.code());
    }
}
