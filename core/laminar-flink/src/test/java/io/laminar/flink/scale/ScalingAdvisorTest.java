package io.laminar.flink.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScalingAdvisorTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final ScalingLimits LIMITS =
            new ScalingLimits(1, 8, 0.7, INTERVAL, Duration.ofSeconds(60), Duration.ofMinutes(5));

    private final ScalingAdvisor advisor = new ScalingAdvisor(LIMITS);
    private Instant now = Instant.EPOCH;
    private int slots = 16;

    ScalingAdvisorTest() {
        assertEquals(
                "the job settles",
                advisor.look(now, graph(1, 1), Map.of(), slots).reason());
        now = now.plus(LIMITS.pause());
    }

    private static StageGraph graph(int source, int aggregate) {
        return new StageGraph(List.of(
                new Stage("s", "source", source, 128, false, Set.of(), Set.of()),
                new Stage("a", "aggregate", aggregate, 128, false, Set.of("s"), Set.of())));
    }

    private ScalingDecision look(StageGraph graph, double sourceBusy, double backpressured, double busy, long backlog) {
        now = now.plus(INTERVAL);
        return advisor.look(
                now,
                graph,
                Map.of(
                        "s", new StageLoad(sourceBusy, backpressured, 1000, backlog),
                        "a", new StageLoad(busy, 0, 1000, -1)),
                slots);
    }

    @Test
    void aStageThatIsTooBusyGrowsAfterTheSecondLook() {
        assertEquals(List.of(), look(graph(2, 2), 0.5, 0, 0.95, -1).changes());
        ScalingDecision decision = look(graph(2, 2), 0.5, 0, 0.95, -1);
        assertEquals("aggregate: 2 to 3", decision.changes().get(0).toString());
        assertEquals(1, decision.changes().size());
        assertTrue(decision.reason().contains("95% busy: aggregate"), decision.reason());
    }

    @Test
    void whatHoldsTheSourceBackGrowsByWhatTheSourceCouldRead() {
        look(graph(1, 2), 0.2, 0.5, 1, -1);
        ScalingDecision decision = look(graph(1, 2), 0.2, 0.5, 1, -1);
        // Twice the rows at 70% busy would be 6, but one step at most doubles.
        assertEquals("[aggregate: 2 to 4]", decision.changes().toString());
        assertTrue(decision.reason().contains("2.0 times"), decision.reason());
    }

    @Test
    void aBacklogCountsAsRowsToCome() {
        // 1,000 rows/s and 300,000 waiting, to be worked off in 300 s: twice as many rows.
        look(graph(1, 2), 0.3, 0, 0.6, 300_000);
        ScalingDecision decision = look(graph(1, 2), 0.3, 0, 0.6, 300_000);
        assertEquals("[aggregate: 2 to 4]", decision.changes().toString());
    }

    @Test
    void idleStagesShrinkSlowly() {
        for (int i = 1; i < ScalingAdvisor.LOOKS_DOWN; i++) {
            assertEquals(List.of(), look(graph(1, 8), 0.5, 0, 0.1, -1).changes());
        }
        assertEquals(
                "[aggregate: 8 to 4]",
                look(graph(1, 8), 0.5, 0, 0.1, -1).changes().toString());
    }

    @Test
    void nothingChangesRightAfterAChange() {
        look(graph(1, 2), 0.5, 0, 1, -1);
        assertEquals(1, look(graph(1, 2), 0.5, 0, 1, -1).changes().size());
        for (int i = 1; i < 6; i++) {
            assertEquals(
                    "the last change is too recent",
                    look(graph(1, 3), 0.5, 0, 1, -1).reason());
        }
        look(graph(1, 3), 0.5, 0, 1, -1);
        assertEquals(1, look(graph(1, 3), 0.5, 0, 1, -1).changes().size());
    }

    @Test
    void limitsHold() {
        for (int i = 0; i < 4; i++) {
            assertEquals(List.of(), look(graph(8, 8), 0.5, 0.9, 1, -1).changes());
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(List.of(), look(graph(1, 1), 0, 0, 0, -1).changes());
        }
    }

    @Test
    void nothingIsAskedForThatTheClusterHasNoRoomFor() {
        slots = 3;
        look(graph(1, 2), 0.1, 0.9, 1, -1);
        assertEquals(
                "[aggregate: 2 to 3]",
                look(graph(1, 2), 0.1, 0.9, 1, -1).changes().toString());
    }

    /** A load between what n and n + 1 subtasks like must not swing the job for ever. */
    @Test
    void aLoadThatSwingsChangesTheJobLessAndLessOften() {
        List<Integer> changes = new ArrayList<>();
        int parallelism = 4;
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            // Work for one to three subtasks, in turns of 25 looks.
            double work = (i / 25 % 2 == 0 ? 3.2 : 0.6) * (0.95 + random.nextDouble() / 10);
            ScalingDecision decision = look(graph(1, parallelism), 0.4, 0, Math.min(1, work / parallelism), -1);
            for (ScalingDecision.Change change : decision.changes()) {
                parallelism = change.to();
                changes.add(i);
            }
        }
        long early = changes.stream().filter(i -> i < 500).count();
        long late = changes.stream().filter(i -> i >= 1500).count();
        assertTrue(early > 0 && late <= 1, changes.toString());
    }

    @Test
    void withoutLoadsNothingIsDecided() {
        assertEquals(
                "nothing is known of the job's load yet",
                advisor.look(now, graph(1, 1), Map.of(), slots).reason());
    }
}
