package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.Operators;
import io.laminar.flink.testing.Script;
import io.laminar.flink.translate.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a real aggregation on Flink: what they write, what stays of their files, and that they are restored. */
@Timeout(120)
@Tag("slow")
class IncrementalStateTest {
    private static final int KEYS = 100_000;
    /** One percent of the keys. */
    private static final int FEW = KEYS / 100;

    private JobRuntime runtime;

    @BeforeEach
    void start() {
        runtime = JobRuntime.start(3);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private static JobRequest request(TestInfo info, int parallelism, Path state) {
        return new JobRequest(
                "test",
                plan(JobPlans.grouped(source(info)), info),
                new JobSettings(parallelism, JobSettings.DEFAULT_MAX_PARALLELISM, true, 1),
                node -> Operators.builtin().create(node),
                Duration.ofDays(1),
                state.toString(),
                null,
                false,
                1);
    }

    private static void read(Script script, long to) throws Exception {
        script.readTo(to).get(60, TimeUnit.SECONDS);
    }

    /** All files below a folder, with their sizes. */
    private static Map<Path, Long> files(Path folder) throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        List<Path> all;
        try (var walk = Files.walk(folder)) {
            all = walk.toList();
        } catch (java.io.UncheckedIOException e) {
            // Flink has deleted something meanwhile.
            return files(folder);
        }
        for (Path file : all) {
            try {
                if (Files.isRegularFile(file)) {
                    sizes.put(file, Files.size(file));
                }
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return sizes;
    }

    /**
     * Takes a checkpoint and returns how many bytes are in files that it has added. A reader has heard that it is complete
     * then; a task that has not yet lets the next one build on the one before it, which is all the same here.
     */
    private static long checkpoint(RunningJob job, Script script, Path folder) throws Exception {
        Map<Path, Long> before = files(folder);
        long heard = script.heard();
        job.checkpoint();
        Map<Path, Long> after = files(folder);
        after.keySet().removeAll(before.keySet());
        while (script.heard() == heard) {
            Thread.onSpinWait();
        }
        return after.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Takes the first checkpoint, a whole one, and goes on until all tasks have heard that one is complete: nothing
     * changes, so one of which no task writes its half anew is next to empty. Returns the bytes of a whole one.
     */
    private static long base(RunningJob job, Script script, Path folder) throws Exception {
        long full = checkpoint(job, script, folder);
        while (checkpoint(job, script, folder) > full / 20) {
            Thread.onSpinWait();
        }
        return full;
    }

    @Test
    void aCheckpointWritesWhatHasChanged(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(KEYS + 2 * FEW, 1, -1).keys(KEYS).register(info.getDisplayName());
        var unused = script.readTo(KEYS);
        RunningJob job = runtime.submit(request(info, 2, folder));
        unused.get(60, TimeUnit.SECONDS);
        long full = base(job, script, folder);
        read(script, KEYS + FEW);
        long few = checkpoint(job, script, folder);
        assertTrue(few * 20 <= full, few + " bytes of " + full);
        job.cancel();
        job.await();
    }

    @Test
    void filesThatNoCheckpointUsesGo(TestInfo info, @TempDir Path folder) throws Exception {
        int many = KEYS / 2;
        Script script = new Script(KEYS + 20L * many, 1, -1).keys(KEYS).register(info.getDisplayName());
        var unused = script.readTo(KEYS);
        RunningJob job = runtime.submit(request(info, 2, folder));
        unused.get(60, TimeUnit.SECONDS);
        long full = base(job, script, folder);
        Map<Path, Long> first = files(folder);
        for (int i = 1; i < 20; i++) {
            read(script, KEYS + (long) i * many);
            checkpoint(job, script, folder);
        }
        first.values().removeIf(size -> size < full / 4);
        assertTrue(!first.isEmpty(), "the files of whole state are large");
        // Flink deletes in the background.
        while (first.keySet().stream().anyMatch(Files::exists)) {
            Thread.onSpinWait();
        }
        // A chain of up to 2.2 times the whole state, and the one before it.
        while (files(folder).values().stream().mapToLong(Long::longValue).sum() > 7 * full) {
            Thread.onSpinWait();
        }
        job.cancel();
        job.await();
    }

    @Test
    void afterAFailureAJobGoesOnFromIncrements(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(KEYS + 4 * FEW, 1, KEYS + 3 * FEW).keys(KEYS).register(info.getDisplayName());
        var unused = script.readTo(KEYS);
        RunningJob job = runtime.submit(request(info, 2, folder));
        unused.get(60, TimeUnit.SECONDS);
        long full = base(job, script, folder);
        for (int i = 1; i <= 2; i++) {
            read(script, KEYS + i * FEW);
            assertTrue(checkpoint(job, script, folder) < full / 4);
        }
        unused = script.readTo(script.rows);
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertTrue(script.hasFailed());
        JobPlans.assertCounts(script, KEYS);
    }

    @Test
    void aKilledJobGoesOnFromIncrementsWithMoreSubtasks(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(KEYS + 4 * FEW, 1, -1).keys(KEYS).register(info.getDisplayName());
        // Not 1: Flink does not restore readers that have ended into another layout of tasks.
        int[] parallelisms = {2, 3, 2};
        for (int run = 0; run < parallelisms.length; run++) {
            var reached = script.readTo(KEYS + run * FEW);
            RunningJob job = runtime.submit(request(info, parallelisms[run], folder));
            reached.get(60, TimeUnit.SECONDS);
            long full = base(job, script, folder);
            read(script, KEYS + run * FEW + FEW / 2);
            assertTrue(checkpoint(job, script, folder) < full / 4);
            // Read in vain: nothing has stored it.
            read(script, KEYS + (run + 1) * FEW);
            job.cancel();
            assertEquals(RunningJob.End.STOPPED, job.await());
        }
        var unused = script.readTo(script.rows);
        assertEquals(
                RunningJob.End.FINISHED,
                runtime.submit(request(info, 2, folder)).await());
        JobPlans.assertCounts(script, KEYS);
    }
}
