package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoveEmptyInputsTest {
    private static final PlanNode NOTHING = new ValuesNode(Plans.EVENTS, List.of());

    private static PlanNode left(PlanNode node) {
        StreamPlan plan = new RemoveEmptyInputs().apply(Plans.into(node));
        return plan.sinks().get(0).input();
    }

    private static boolean isNothing(PlanNode node) {
        return node.equals(new ValuesNode(node.schema(), List.of()));
    }

    private static PlanNode join(JoinType type, PlanNode left, PlanNode right) {
        JoinParts parts = new JoinParts(
                left,
                right,
                type,
                List.of(new JoinKey(0, 0, false)),
                null,
                List.of(0),
                Plans.EVENTS.select(List.of(0)));
        return new JoinNode(parts, new Emit.Changes(0), 0, 0, 10);
    }

    @Test
    void anInnerJoinNeedsBothSides() {
        assertEquals(true, isNothing(left(join(JoinType.INNER, NOTHING, Plans.events()))));
        assertEquals(true, isNothing(left(join(JoinType.SEMI, Plans.events(), NOTHING))));
    }

    @Test
    void anOuterJoinKeepsTheSideItKeeps() {
        PlanNode kept = join(JoinType.LEFT, Plans.events(), NOTHING);
        assertEquals(kept, left(kept));
        assertEquals(true, isNothing(left(join(JoinType.LEFT, NOTHING, Plans.events()))));
        PlanNode right = join(JoinType.RIGHT, NOTHING, Plans.events());
        assertEquals(right, left(right));
    }

    @Test
    void aUnionLosesItsEmptyInputs() {
        PlanNode some = Plans.filter(Plans.events(), Plans.greater(Plans.input(Plans.EVENTS, "price"), 5));
        assertEquals(some, left(new UnionNode(List.of(NOTHING, some), Plans.EVENTS)));
        assertEquals(
                new UnionNode(List.of(some, Plans.events()), Plans.EVENTS),
                left(new UnionNode(List.of(some, NOTHING, Plans.events()), Plans.EVENTS)));
        assertEquals(NOTHING, left(new UnionNode(List.of(NOTHING, NOTHING), Plans.EVENTS)));
    }

    @Test
    void anAggregateWithoutKeysHasARowAnyway() {
        Schema count = Schema.of(new Field("n", Scalar.BIGINT, false));
        PlanNode total = new AggregateNode(
                NOTHING,
                List.of(),
                List.of(Plans.call("count", Scalar.BIGINT)),
                Phase.COMPLETE,
                new Emit.Changes(0),
                0,
                count);
        assertEquals(total, left(total));
        PlanNode byId = new AggregateNode(
                NOTHING,
                List.of(0),
                List.of(),
                Phase.COMPLETE,
                new Emit.Changes(0),
                0,
                Plans.EVENTS.select(List.of(0)));
        assertEquals(true, isNothing(left(byId)));
    }

    @Test
    void aLimitOfNothingReadsNothing() {
        assertEquals(NOTHING, left(new SortLimitNode(Plans.events(), List.of(), 0, 0)));
    }
}
