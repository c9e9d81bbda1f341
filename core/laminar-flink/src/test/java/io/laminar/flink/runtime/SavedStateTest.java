package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.counted;
import static io.laminar.flink.runtime.JobPlans.counts;
import static io.laminar.flink.runtime.JobPlans.filter;
import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.request;
import static io.laminar.flink.runtime.JobPlans.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.testing.Script;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SavedStateTest {
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
    void stateOfOperatorsThatAreGoneIsDroppedIfAskedFor(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        JobRequest before = request(plan(counted(source(info)), info), 1, folder);
        assertEquals(Optional.empty(), JobRuntime.compare(before));
        RunningJob job = runtime.submit(before);
        reached.get(60, TimeUnit.SECONDS);
        assertThrows(LaminarException.class, () -> JobRuntime.compare(before));
        job.stop();
        job.await();
        assertTrue(JobRuntime.compare(before).orElseThrow().isWhole());
        JobRequest after = request(plan(filter(source(info)), info), 1, folder).droppingState(true);
        StateReport report = JobRuntime.compare(after).orElseThrow();
        assertEquals(2, report.dropped().size(), report.toString());
        assertTrue(report.dropped().get(0).startsWith("aggregate ("), report.toString());
        assertEquals(
                "commits of table '" + info.getDisplayName() + "'",
                report.dropped().get(1));
        assertTrue(report.kept().contains("table '" + info.getDisplayName() + "'"), report.toString());
        assertEquals(List.of(), report.empty());
        var unused = script.readTo(300);
        RunningJob changed = runtime.submit(after);
        assertEquals(report, changed.stateReport().orElseThrow());
        assertEquals(RunningJob.End.FINISHED, changed.await());
        // What had been read before is not read again.
        assertEquals(200, script.written().stream().mapToInt(Batch::size).sum());
    }

    @Test
    void aSavepointIsAStartForOtherJobs(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        RunningJob job = runtime.submit(request(plan(counted(source(info)), info), 2, null));
        reached.get(60, TimeUnit.SECONDS);
        String savepoints = folder.resolve("savepoints").toString();
        assertEquals(List.of(), Savepoint.in(savepoints));
        Savepoint first = job.savepoint(savepoints);
        assertEquals(first, Savepoint.at(first.path()));
        reached = script.readTo(200);
        reached.get(60, TimeUnit.SECONDS);
        Savepoint second = job.savepoint(savepoints);
        assertEquals(List.of(second, first), Savepoint.in(savepoints));
        assertTrue(second.bytes() > 0);
        assertEquals(
                ErrorCode.USAGE,
                assertThrows(LaminarException.class, () -> job.savepoint(null)).code());
        job.cancel();
        job.await();
        assertEquals(List.of(), script.written());
        for (Savepoint start : List.of(first, second)) {
            var unused = script.readTo(300);
            JobRequest again =
                    request(plan(counted(source(info)), info), 3, null).startingFrom(start.path());
            int before = script.written().size();
            assertEquals(RunningJob.End.FINISHED, runtime.submit(again).await());
            assertEquals(
                    counts(300, 2),
                    counts(script.written().subList(before, script.written().size())));
        }
        JobRequest nowhere = request(plan(counted(source(info)), info), 2, null).startingFrom(savepoints);
        LaminarException refusal = assertThrows(LaminarException.class, () -> runtime.submit(nowhere));
        assertEquals("there is no savepoint in '" + savepoints + "'", refusal.reason());
    }

    /** A job that has come to its end is not gone on with from a savepoint that was taken on the way. */
    @Test
    void aSavepointInTheStateFolderStays(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        JobRequest request = request(plan(counted(source(info)), info), 2, folder);
        RunningJob job = runtime.submit(request);
        reached.get(60, TimeUnit.SECONDS);
        Savepoint taken = job.savepoint(null);
        assertEquals(List.of(taken), Savepoint.in(folder.resolve("savepoints").toString()));
        job.stop();
        job.await();
        // Goes on from where it was stopped, and to its end.
        var unused = script.readTo(300);
        assertEquals(RunningJob.End.FINISHED, runtime.submit(request).await());
        assertEquals(counts(300, 2), counts(script));
        assertTrue(JobRuntime.hasFinished(request));
        assertEquals(List.of(taken), Savepoint.in(folder.resolve("savepoints").toString()));
    }
}
