package io.laminar.flink.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.apache.flink.runtime.rest.messages.JobPlanInfo.RawJson;
import org.junit.jupiter.api.Test;

class StageGraphTest {
    /** A source, an aggregation behind an exchange, what merges it with other rows one to one, and a single sort. */
    private final StageGraph graph = new StageGraph(List.of(
            stage("aa01", "Source: bids -> (filter-project -> exchange, to log)", false, Set.of(), Set.of()),
            stage("bb02", "aggregate", false, Set.of("aa01"), Set.of("cc03")),
            stage("cc03", "union-sink", false, Set.of("bb02"), Set.of("bb02")),
            stage("dd04", "sort-limit -> to out", true, Set.of("cc03"), Set.of())));

    private static Stage stage(String id, String name, boolean single, Set<String> inputs, Set<String> tied) {
        return new Stage(id, name, single ? 1 : 2, 128, single, inputs, tied);
    }

    /** As it comes over REST, where a list without elements is left out. */
    @Test
    void aSourceReadsFromNoStage() {
        JobPlanInfo.Plan.Node source = new JobPlanInfo.Plan.Node("aa01", "", 2, "", "", new RawJson("{}"), null);
        StageGraph read = StageGraph.of(
                new JobPlanInfo.Plan("id", "name", "STREAMING", List.of(source)),
                List.of(new StageGraph.Vertex("aa01", "Source: bids", 2, 128)),
                Set.of());
        assertEquals(Map.of("aa01", 3), read.change(Parallelisms.everywhere(3)));
    }

    @Test
    void allStagesChangeButThoseThatAreSingle() {
        assertEquals(Map.of("aa01", 5, "bb02", 5, "cc03", 5, "dd04", 1), graph.change(Parallelisms.everywhere(5)));
    }

    @Test
    void whatWasAskedOfAnotherPlanIsTakenAsFarAsItFits() {
        assertEquals(Map.of("aa01", 3), graph.fitting(Map.of("exchange", 3, "gone", 2, "dd04", 2)));
        assertEquals(Map.of("bb02", 4, "cc03", 4), graph.fitting(Map.of("aggregate", 4, "union-sink", 2)));
        assertEquals(Map.of("aa01", 128), graph.fitting(Map.of("aa01", 1000)));
    }

    @Test
    void oneStageTakesThoseTiedToItAlong() {
        Map<String, Integer> expected = Map.of("aa01", 2, "bb02", 4, "cc03", 4, "dd04", 1);
        assertEquals(expected, graph.change(Parallelisms.of(Map.of("bb0", 4))));
        assertEquals(expected, graph.change(Parallelisms.of(Map.of("union-sink", 4, "aggregate", 4))));
    }

    @Test
    void aStageIsFoundByTheNameOfAnyOfItsOperators() {
        for (String name : List.of("filter-project", "exchange", "to log", "Source: bids", "aa")) {
            assertEquals(3, graph.change(Parallelisms.of(Map.of(name, 3))).get("aa01"), name);
        }
    }

    @Test
    void namedStagesGoBeforeAllOthers() {
        assertEquals(
                Map.of("aa01", 1, "bb02", 8, "cc03", 8, "dd04", 1),
                graph.change(new Parallelisms(8, Map.of("aa01", 1))));
    }

    @Test
    void whatCannotBeIsRefusedWithItsReason() {
        refused(Map.of("sort-limit", 2), "one subtask at every parallelism");
        refused(Map.of("aggregate", 2, "union-sink", 3), "pass rows one to one");
        refused(Map.of("aggregate", 0), "1 to 128 subtasks, not 0");
        refused(Map.of("aggregate", 129), "not 129");
        refused(Map.of("join", 2), "there is no operator 'join'");
        refused(Map.of("", 2), "there is no operator ''");
    }

    private void refused(Map<String, Integer> wanted, String reason) {
        LaminarException refusal = assertThrows(LaminarException.class, () -> graph.change(Parallelisms.of(wanted)));
        assertEquals(ErrorCode.RESCALE_REFUSED, refusal.code());
        assertTrue(refusal.reason().contains(reason), refusal.reason());
    }
}
