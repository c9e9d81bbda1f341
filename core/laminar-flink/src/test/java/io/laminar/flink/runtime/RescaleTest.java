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
import io.laminar.flink.scale.ScalingDecision;
import io.laminar.flink.scale.ScalingLimits;
import io.laminar.flink.scale.Stage;
import io.laminar.flink.testing.Script;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RescaleTest {
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

    /** The numbers of a running job are those it is given when it starts again. */
    @Test
    void operatorsStartWithNumbersOfTheirOwn(TestInfo info) throws Exception {
        Script script = new Script(300, 4, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        JobRequest request = request(plan(counted(source(info)), info), 2, null);
        RunningJob job = runtime.submit(request.withOperators(Map.of("aggregate", 3, "exchange", 1, "not there", 3)));
        reached.get(60, TimeUnit.SECONDS);
        Map<String, Integer> now = new TreeMap<>();
        for (Stage stage : job.stages().stages()) {
            now.put(stage.name().contains("exchange") ? "source" : "aggregate", stage.parallelism());
        }
        assertEquals(Map.of("source", 1, "aggregate", 3), now);
        // More than it started with is as possible as for any other job.
        job.rescale(Parallelisms.everywhere(3));
        job.stages().stages().forEach(stage -> assertEquals(3, stage.parallelism(), stage.name()));
        var unused = script.readTo(300);
        assertEquals(RunningJob.End.FINISHED, job.await());
        assertEquals(counts(300, 4), counts(script));
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
            while (job.loads().isEmpty() || job.loads().values().stream().anyMatch(load -> load.busy() > 0.3)) {
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
}
