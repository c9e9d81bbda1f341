package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.laminar.plan.PlanIds;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.UpsertNode;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OmitUpdateBeforeTest {
    private static final Schema COUNTS =
            Schema.of(new Field("id", Scalar.BIGINT), new Field("n", Scalar.BIGINT), new Field("m", Scalar.BIGINT));

    private final AggregateNode counts = new AggregateNode(
            Plans.events(),
            List.of(0),
            List.of(Plans.call("count", Scalar.BIGINT), Plans.call("max", Scalar.BIGINT, 4)),
            Phase.COMPLETE,
            new Emit.Changes(7),
            0,
            COUNTS);

    private static SinkNode run(PlanNode input) {
        return new OmitUpdateBefore().apply(Plans.into(input)).sinks().get(0);
    }

    @Test
    void aTableWithTheKeyOfAnAggregationGetsItsUpdatesAlone() {
        AggregateNode alone = assertInstanceOf(
                AggregateNode.class, run(new UpsertNode(counts, List.of(0))).input());
        assertEquals(ChangelogMode.UPSERT, alone.changelog());
        assertEquals(new Emit.Changes(7, true), alone.emit());
        assertEquals(new PlanIds().of(counts), new PlanIds().of(alone), "the state is found again");
    }

    @Test
    void projectionsPassTheKeyOn() {
        PlanNode project = Plans.project(
                counts,
                Map.of("twice", Plans.plus(Plans.input(COUNTS, "n"), 2), "id", Plans.input(COUNTS, "id")),
                List.of("twice", "id"));
        SinkNode sink = run(new UpsertNode(project, List.of(1)));
        assertInstanceOf(FilterProjectNode.class, sink.input());
        assertEquals(ChangelogMode.UPSERT, sink.changelog());
    }

    @Test
    void aConditionNeedsTheRowBefore() {
        unchanged(new UpsertNode(Plans.filter(counts, Plans.greater(Plans.input(COUNTS, "n"), 1)), List.of(0)));
    }

    @Test
    void aComputedKeyNeedsTheRowBefore() {
        PlanNode project = Plans.project(
                counts,
                Map.of("id", Plans.plus(Plans.input(COUNTS, "id"), 1), "n", Plans.input(COUNTS, "n")),
                List.of("id", "n"));
        unchanged(new UpsertNode(project, List.of(0)));
    }

    @Test
    void aLongerKeyHasAnotherRowToDelete() {
        unchanged(new UpsertNode(counts, List.of(0, 1)));
    }

    @Test
    void whoeverElseReadsTheChangesNeedsBothHalves() {
        StreamPlan plan = Plans.into(new UpsertNode(counts, List.of(0)), counts);
        assertEquals(plan, new OmitUpdateBefore().apply(plan));
    }

    @Test
    void ranksAreUpdatedByPartitionAndRank() {
        Schema ranked = Schema.of(new Field("id", Scalar.BIGINT), new Field("n", Scalar.BIGINT));
        TopNNode top = new TopNNode(
                Plans.project(Plans.events(), Map.of("id", Plans.input(Plans.EVENTS, "id")), List.of("id")),
                List.of(0),
                List.of(),
                RankFunction.ROW_NUMBER,
                1,
                3,
                true,
                new Emit.Changes(0),
                0,
                ranked);
        assertEquals(
                ChangelogMode.UPSERT, run(new UpsertNode(top, List.of(0, 1))).changelog());
        assertInstanceOf(TopNNode.class, run(new UpsertNode(top, List.of(0, 1))).input());
        unchanged(new UpsertNode(top, List.of(0)));
    }

    @Test
    void whatIsKeptForATableIsMadeForIt() {
        MaterializeNode kept = new MaterializeNode(counts, List.of(1), new Emit.Changes(0), 0);
        SinkNode sink = run(new UpsertNode(kept, List.of(1)));
        assertInstanceOf(MaterializeNode.class, sink.input());
        assertEquals(ChangelogMode.UPSERT, sink.changelog());
        assertEquals(ChangelogMode.RETRACT, sink.input().inputs().get(0).changelog());
    }

    private static void unchanged(PlanNode input) {
        StreamPlan plan = Plans.into(input);
        assertEquals(plan, new OmitUpdateBefore().apply(plan));
        assertInstanceOf(UpsertNode.class, plan.sinks().get(0).input());
    }
}
