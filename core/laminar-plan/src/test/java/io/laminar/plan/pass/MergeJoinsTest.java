package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergeJoinsTest {

    /** Some columns of cheap events, in this order; the first is id. */
    private static PlanNode cheap(long limit, String... names) {
        List<Integer> columns = Stream.of(names).map(Plans.EVENTS::indexOf).toList();
        List<Expression> projections = Stream.of(names)
                .<Expression>map(name -> Plans.input(Plans.EVENTS, name))
                .toList();
        Expression condition = Plans.greater(Plans.input(Plans.EVENTS, "price"), limit);
        return new FilterProjectNode(Plans.events(), condition, projections, null, Plans.EVENTS.select(columns));
    }

    private static PlanNode join(JoinType type, PlanNode left, PlanNode right, @Nullable Expression condition) {
        Schema pair = JoinParts.pair(left.schema(), right.schema());
        List<Integer> outputs = List.of(1, pair.size() - 1);
        JoinParts parts = new JoinParts(
                left,
                right,
                type,
                List.of(new JoinKey(left.schema().indexOf("id"), right.schema().indexOf("id"), false)),
                condition,
                outputs,
                pair.select(outputs));
        return new JoinNode(parts, new Emit.Changes(0), 0, 0, 10);
    }

    private static StreamPlan merged(PlanNode... nodes) {
        return new MergeJoins().apply(Plans.into(nodes));
    }

    private static void assertApart(PlanNode... nodes) {
        assertEquals(Plans.into(nodes), merged(nodes));
    }

    @Test
    void otherColumnsOfTheSameRows() {
        PlanNode files = join(JoinType.INNER, cheap(5, "id", "file"), Plans.events(), null);
        PlanNode places = join(JoinType.INNER, cheap(5, "price", "place", "id"), Plans.events(), null);
        StreamPlan plan = merged(files, places);
        assertEquals("""
                Sink: out0 (test)  <append>
                └─ Project: [file, price]  <append>
                   └─ #1 Join: inner, on [id = id], [id, file, price, place, id, at, place, file, price]  <append>  {state: rows of both inputs}
                      ├─ Filter: where (price > 5), [id, file, price, place]  <append>
                      │  └─ #2 Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                      └─ Project: [id, at, place, file, price]  <append>
                         └─ see #2 (Source)
                Sink: out1 (test)  <append>
                └─ Project: [place, price]  <append>
                   └─ see #1 (Join)
                """, ExplainTree.of(plan));
        assertEquals(plan, new MergeJoins().apply(plan));
    }

    @Test
    void conditionsAreAboutTheSameColumns() {
        PlanNode right = Plans.events();
        PlanNode one = join(JoinType.INNER, cheap(5, "id", "price"), right, less(1, 2 + 4));
        PlanNode same = join(JoinType.INNER, cheap(5, "file", "id", "price"), right, less(2, 3 + 4));
        PlanNode other = join(JoinType.INNER, cheap(5, "file", "id", "price"), right, less(1, 3 + 4));
        assertEquals(2, ExplainTree.of(merged(one, same)).split("where \\(price < price\\)|see #1", -1).length - 1);
        assertApart(one, other);
    }

    private static Expression less(int left, int right) {
        return new Expression.Call(
                Operation.LESS,
                List.of(
                        new Expression.Input(left, Scalar.BIGINT, true),
                        new Expression.Input(right, Scalar.BIGINT, true)),
                Scalar.BOOLEAN,
                true);
    }

    @Test
    void otherRowsStayApart() {
        PlanNode five = join(JoinType.INNER, cheap(5, "id", "file"), Plans.events(), null);
        assertApart(five, join(JoinType.INNER, cheap(6, "id", "price"), Plans.events(), null));
        assertApart(five, join(JoinType.INNER, cheap(5, "id", "price"), cheap(5, "id", "price"), null));
    }

    @Test
    void otherJoinsStayApart() {
        PlanNode inner = join(JoinType.INNER, cheap(5, "id", "file"), Plans.events(), null);
        assertApart(inner, join(JoinType.LEFT, cheap(5, "id", "price"), Plans.events(), null));
        assertApart(
                join(JoinType.LEFT, cheap(5, "id", "file"), Plans.events(), null),
                join(JoinType.LEFT, cheap(5, "id", "price"), Plans.events(), null));
    }

    @Test
    void changesOfOneColumnAreNoChangesOfAnother() {
        SourceNode events = Plans.events();
        SourceNode changes = new SourceNode(events.table(), events.watermark(), true, ChangelogMode.RETRACT);
        assertApart(
                join(JoinType.INNER, cheap(5, "id", "file"), changes, null),
                join(JoinType.INNER, cheap(5, "id", "price"), changes, null));
    }
}
