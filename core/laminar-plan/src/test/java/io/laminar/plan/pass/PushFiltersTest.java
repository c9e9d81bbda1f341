package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.AsofMatch;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushFiltersTest {
    private static final Expression ID = Plans.input(Plans.EVENTS, "id");
    private static final Expression PRICE = Plans.input(Plans.EVENTS, "price");

    private static StreamPlan pushed(PlanNode... nodes) {
        StreamPlan pushed = new PushFilters().apply(Plans.into(nodes));
        return new RemoveIdentityProjects().apply(new MergeFilterProjects().apply(pushed));
    }

    /** The conditions on the way from the sink to the source, first inputs first, with the nodes between them. */
    private static List<String> path(PlanNode node) {
        List<String> path = new ArrayList<>();
        for (PlanNode at = pushed(node).sinks().get(0).input();
                !at.inputs().isEmpty();
                at = at.inputs().get(0)) {
            if (!(at instanceof FilterProjectNode project)) {
                path.add(at.getClass().getSimpleName());
            } else if (project.condition() != null) {
                path.add(project.condition().toString());
            }
        }
        return path;
    }

    private static AggregateNode byId(PlanNode input) {
        return new AggregateNode(
                input,
                List.of(0),
                List.of(Plans.call("count", Scalar.BIGINT)),
                Phase.COMPLETE,
                new Emit.Changes(0),
                0,
                Schema.of(new Field("id", Scalar.BIGINT), new Field("n", Scalar.BIGINT, false)));
    }

    private static Expression column(int index) {
        return new Expression.Input(index, Scalar.BIGINT, true);
    }

    private static Expression and(Expression... terms) {
        return new Expression.Call(Operation.AND, List.of(terms), Scalar.BOOLEAN, true);
    }

    private static Expression inverse(Expression column) {
        Expression quotient = new Expression.Call(
                Operation.DIVIDE, List.of(new Literal(1L, Scalar.BIGINT), column), Scalar.BIGINT, true);
        return Plans.greater(quotient, 0);
    }

    /** Conditions below both sides of a join, its own, and what stays above. */
    private static String places(JoinType type, Expression own, Expression above) {
        PlanNode node = above == null ? Plans.join(type, own) : Plans.filter(Plans.join(type, own), above);
        PlanNode top = pushed(node).sinks().get(0).input();
        String left = "";
        if (top instanceof FilterProjectNode filter) {
            left = "above " + filter.condition() + " ";
            top = filter.input();
        }
        JoinParts parts = ((JoinNode) top).parts();
        return left + "left " + condition(parts.left()) + " right " + condition(parts.right()) + " on "
                + parts.condition();
    }

    private static String condition(PlanNode node) {
        return node instanceof FilterProjectNode project ? String.valueOf(project.condition()) : "null";
    }

    @Test
    void keysOfAnAggregation() {
        PlanNode filter =
                Plans.filter(byId(Plans.events()), and(Plans.greater(column(0), 5), Plans.greater(column(1), 1)));
        assertEquals(List.of("($1 > 1)", "AggregateNode", "($0 > 5)"), path(filter));
    }

    @Test
    void whatMayFailStaysWhereItWas() {
        PlanNode filter = Plans.filter(byId(Plans.events()), and(Plans.greater(column(0), 5), inverse(column(0))));
        assertEquals(List.of("((1 / $0) > 0)", "AggregateNode", "($0 > 5)"), path(filter));
    }

    @Test
    void whatMayFailDoesNotOvertake() {
        PlanNode project = Plans.project(Plans.events(), Map.of("a", ID, "b", PRICE), List.of("a", "b"));
        PlanNode union = new UnionNode(
                List.of(project, byId(Plans.filter(Plans.events(), Plans.greater(PRICE, 1)))), project.schema());
        PlanNode filter = Plans.filter(union, and(Plans.greater(column(1), 0), inverse(column(1))));
        assertEquals(List.of("UnionNode", "(($4 > 0) and ((1 / $4) > 0))"), path(filter));
    }

    @Test
    void aConditionWithoutColumnsStaysAboveAnAggregation() {
        Expression never = new Literal(false, Scalar.BOOLEAN);
        assertEquals(List.of("false", "AggregateNode"), path(Plans.filter(byId(Plans.events()), never)));
    }

    @Test
    void whatOthersReadStays() {
        PlanNode shared = byId(Plans.events());
        StreamPlan plan = Plans.into(Plans.filter(shared, Plans.greater(column(0), 5)), shared);
        assertEquals(plan, new PushFilters().apply(plan));
    }

    @Test
    void partitionsOfARanking() {
        PlanNode top = new TopNNode(
                Plans.events(),
                List.of(0),
                List.of(),
                RankFunction.ROW_NUMBER,
                1,
                3,
                false,
                new Emit.Changes(0),
                0,
                Plans.EVENTS);
        PlanNode filter = Plans.filter(top, and(Plans.greater(ID, 5), Plans.greater(PRICE, 7)));
        assertEquals(List.of("($4 > 7)", "TopNNode", "($0 > 5)"), path(filter));
    }

    @Test
    void columnsThatGroupingSetsRepeatPass() {
        Schema schema = JoinParts.pair(
                Plans.EVENTS, Schema.of(new Field("key", Scalar.BIGINT), new Field("set", Scalar.INT, false)));
        PlanNode expand = new ExpandNode(Plans.events(), List.of(0), List.of(List.of(0), List.of()), schema);
        PlanNode filter = Plans.filter(expand, and(Plans.greater(column(0), 5), Plans.greater(column(5), 6)));
        assertEquals(List.of("($5 > 6)", "ExpandNode", "($0 > 5)"), path(filter));
    }

    @Test
    void theEventTimeChangesInAnAggregation() {
        Expression time = new Expression.Call(
                Operation.GREATER,
                List.of(new Expression.Rowtime(), new Literal(5L, Scalar.TIMESTAMP)),
                Scalar.BOOLEAN,
                false);
        assertEquals(List.of("(row_time() > 5)", "AggregateNode"), path(Plans.filter(byId(Plans.events()), time)));
        PlanNode union = new UnionNode(
                List.of(Plans.events(), Plans.filter(Plans.events(), Plans.greater(ID, 1))), Plans.EVENTS);
        assertEquals(List.of("UnionNode", "(row_time() > 5)"), path(Plans.filter(union, time)));
    }

    @Test
    void lateRowsThatGoToATableAreAllOfThem() {
        PlanNode window = new WindowAggregateNode(
                Plans.events(),
                new WindowSpec.Tumble(10, 0),
                TimeDomain.EVENT,
                List.of(0),
                List.of(),
                Phase.COMPLETE,
                new Emit.Final(),
                Schema.of(
                        new Field("id", Scalar.BIGINT),
                        new Field("window_start", Scalar.TIMESTAMP, false),
                        new Field("window_end", Scalar.TIMESTAMP, false)));
        PlanNode filter = Plans.filter(window, Plans.greater(column(0), 5));
        assertEquals(List.of("WindowAggregateNode", "($0 > 5)"), path(filter));
        StreamPlan kept = new StreamPlan(
                Plans.into(filter).sinks(), PipelineSettings.DEFAULTS.with(PipelineSettings.LATE_ROWS, "late"));
        assertEquals(kept, new PushFilters().apply(kept));
    }

    @Test
    void conditionsOfAJoin() {
        Expression left = Plans.greater(column(4), 1);
        Expression right = Plans.greater(column(9), 2);
        Expression both = and(left, right);
        assertEquals("left ($4 > 1) right (($4 > 0) and ($4 > 2)) on null", places(JoinType.INNER, both, null));
        assertEquals("left null right (($4 > 0) and ($4 > 2)) on ($4 > 1)", places(JoinType.LEFT, both, null));
        assertEquals("left ($4 > 1) right ($4 > 0) on ($9 > 2)", places(JoinType.RIGHT, both, null));
        assertEquals("left null right ($4 > 0) on (($4 > 1) and ($9 > 2))", places(JoinType.FULL, both, null));
        assertEquals("left ($4 > 1) right (($4 > 0) and ($4 > 2)) on null", places(JoinType.SEMI, both, null));
        assertEquals("left null right (($4 > 0) and ($4 > 2)) on ($4 > 1)", places(JoinType.ANTI, both, null));
    }

    @Test
    void conditionsOverTheResultOfAJoin() {
        Expression left = Plans.greater(column(1), 1);
        Expression right = Plans.greater(column(3), 2);
        Expression both = and(left, right);
        assertEquals("left ($4 > 1) right (($4 > 0) and ($4 > 2)) on null", places(JoinType.INNER, null, both));
        assertEquals("above ($3 > 2) left ($4 > 1) right ($4 > 0) on null", places(JoinType.LEFT, null, both));
        assertEquals(
                "above ($1 > 1) left null right (($4 > 0) and ($4 > 2)) on null", places(JoinType.RIGHT, null, both));
        assertEquals(
                "above (($1 > 1) and ($3 > 2)) left null right ($4 > 0) on null", places(JoinType.FULL, null, both));
        assertEquals("left ($4 > 1) right ($4 > 0) on null", places(JoinType.SEMI, null, left));
        assertEquals("left ($4 > 1) right ($4 > 0) on null", places(JoinType.ANTI, null, left));
    }

    @Test
    void aComparisonOfBothSidesIsPartOfAnInnerJoin() {
        Expression pair = new Expression.Call(Operation.GREATER, List.of(column(1), column(3)), Scalar.BOOLEAN, true);
        assertEquals("left null right ($4 > 0) on ($4 > $9)", places(JoinType.INNER, null, pair));
        assertEquals("above ($1 > $3) left null right ($4 > 0) on null", places(JoinType.LEFT, null, pair));
    }

    @Test
    void aRowThatIsChosenIsChosenAmongAll() {
        JoinParts parts = ((JoinNode) Plans.join(JoinType.INNER, null)).parts();
        PlanNode asof = new AsofJoinNode(parts, AsofMatch.BEFORE, 0);
        PlanNode filter = Plans.filter(asof, and(Plans.greater(column(1), 1), Plans.greater(column(3), 2)));
        assertEquals(List.of("($3 > 2)", "AsofJoinNode", "($4 > 1)"), path(filter));
    }

    @Test
    void aFilterThatCannotMoveStaysPartOfItsProjection() {
        StreamPlan plan = Plans.into(Plans.filter(Plans.events(), Plans.greater(PRICE, 5)));
        assertEquals(ExplainTree.of(plan), ExplainTree.of(new PushFilters().apply(plan)));
    }
}
