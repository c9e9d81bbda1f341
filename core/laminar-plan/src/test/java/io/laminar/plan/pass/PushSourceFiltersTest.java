package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.explain.PlanGraph;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PushSourceFiltersTest {
    private static final Expression PRICE = Plans.input(Plans.EVENTS, "price");
    private static final Expression CHEAP = Plans.greater(PRICE, 5);

    private static SourceFilter filter(PlanNode... nodes) {
        StreamPlan plan = new PushSourceFilters((table, condition, timed) -> true).apply(Plans.into(nodes));
        PlanNode node = plan.sinks().get(0);
        while (!node.inputs().isEmpty()) {
            node = node.inputs().get(0);
        }
        return ((SourceNode) node).table().filter();
    }

    private static PlanNode window(PlanNode input) {
        return new WindowAggregateNode(
                input,
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
    }

    private static Expression call(Operation operation, Expression... arguments) {
        return new Expression.Call(operation, List.of(arguments), Scalar.BOOLEAN, true);
    }

    @Test
    void comparisonsOfColumnsWithConstants() {
        Expression file = Plans.input(Plans.EVENTS, "file");
        Expression set = call(Operation.IN, file, new Literal("a", Scalar.TEXT), new Literal("b", Scalar.TEXT));
        SourceFilter filter = filter(Plans.filter(Plans.events(), call(Operation.AND, CHEAP, set)));
        assertEquals("[price > 5, file in ('a', 'b')]", filter.conditions().toString());
        assertEquals(false, filter.timed());
    }

    @Test
    void columnsThatHaveToBeThere() {
        Expression name = new Expression.Member(Plans.input(Plans.EVENTS, "place"), 2, Scalar.TEXT, true);
        Expression named = call(Operation.EQUAL, name, new Literal("x", Scalar.TEXT));
        Expression either = call(Operation.OR, CHEAP, call(Operation.IS_NULL, PRICE));
        SourceFilter filter = filter(Plans.filter(Plans.events(), call(Operation.AND, named, either)));
        assertEquals("[place is not null]", filter.conditions().toString());
    }

    @Test
    void whereRowsCanBeTooLateTheSourceSaysHowFarTimeWent() {
        SourceFilter filter = filter(window(Plans.filter(Plans.events(), CHEAP)));
        assertEquals(true, filter.timed());
        assertEquals("at", filter.timeColumn());
        PlanNode updating = new AggregateNode(
                Plans.filter(Plans.events(), CHEAP),
                List.of(0),
                List.of(),
                Phase.COMPLETE,
                new Emit.Changes(0),
                0,
                Plans.EVENTS.select(List.of(0)));
        assertEquals(false, filter(updating).timed());
    }

    @Test
    void watermarksOfTheirOwnNeedAllRows() {
        SourceNode events = Plans.events();
        Expression at = Plans.input(Plans.EVENTS, "at");
        SourceNode own = new SourceNode(events.table(), new WatermarkSpec(at, at, 0, 0), true, ChangelogMode.APPEND);
        assertEquals(SourceFilter.NONE, filter(window(Plans.filter(own, CHEAP))));
        assertEquals(
                "[price > 5]", filter(Plans.filter(own, CHEAP)).conditions().toString());
    }

    @Test
    void changesAreTakenBackAsTheyCame() {
        SourceNode events = Plans.events();
        SourceNode changes = new SourceNode(events.table(), events.watermark(), true, ChangelogMode.UPSERT);
        assertEquals(SourceFilter.NONE, filter(Plans.filter(changes, CHEAP)));
    }

    @Test
    void othersMayWantAllRows() {
        assertEquals(SourceFilter.NONE, filter(Plans.filter(Plans.events(), CHEAP), Plans.events()));
        assertEquals(SourceFilter.NONE, filter(Plans.filter(Plans.events(), CHEAP), window(Plans.events())));
    }

    @Test
    void whatNoReaderWantsIsLeftOut() {
        assertEquals("[price > 5]", shared(CHEAP, Plans.greater(PRICE, 7)));
        assertEquals("[price in (1, 2, 3)]", shared(price(1, 2), price(3)));
        assertEquals("[price is not null]", shared(CHEAP, price(3)));
        assertEquals("[]", shared(CHEAP, call(Operation.IS_NULL, PRICE)));
        Expression file = call(Operation.EQUAL, Plans.input(Plans.EVENTS, "file"), new Literal("a", Scalar.TEXT));
        assertEquals("[price > 5]", shared(call(Operation.AND, file, CHEAP), CHEAP));
        assertEquals("[]", shared(file, CHEAP));
    }

    @Test
    void everyFormOfAnExplanationTellsIt() {
        StreamPlan plan = new PushSourceFilters((table, condition, timed) -> true)
                .apply(Plans.into(Plans.filter(Plans.events(), CHEAP)));
        assertTrue(ExplainTree.of(plan).contains(", filter [price > 5]"), ExplainTree.of(plan));
        PlanGraph graph = PlanGraph.of(plan);
        assertTrue(graph.json().contains("\"filter\": [\"price > 5\"]"), graph.json());
        assertTrue(graph.dot().contains(", filter [price > 5]"), graph.dot());
    }

    @Test
    void readersBehindASharedProjection() {
        Schema schema = Plans.EVENTS.select(List.of(4, 0));
        PlanNode project = new FilterProjectNode(
                Plans.events(), null, List.of(PRICE, Plans.input(Plans.EVENTS, "id")), null, schema);
        Expression price = Plans.input(schema, "price");
        PlanNode one = Plans.filter(project, Plans.greater(price, 5));
        PlanNode other = Plans.filter(project, Plans.greater(price, 9));
        assertEquals("[price > 5]", filter(one, other).conditions().toString());
        assertEquals(SourceFilter.NONE, filter(one, other, project));
        assertEquals(true, filter(window(one), other).timed());
    }

    private static Expression price(long... values) {
        List<Expression> arguments = new ArrayList<>(List.of(PRICE));
        LongStream.of(values).forEach(value -> arguments.add(new Literal(value, Scalar.BIGINT)));
        return call(values.length == 1 ? Operation.EQUAL : Operation.IN, arguments.toArray(Expression[]::new));
    }

    private static String shared(Expression first, Expression second) {
        PlanNode events = Plans.events();
        return filter(Plans.filter(events, first), Plans.filter(events, second))
                .conditions()
                .toString();
    }

    @Test
    void aSourceThatCannotUseAConditionIsNotAsked() {
        StreamPlan plan = Plans.into(Plans.filter(Plans.events(), CHEAP));
        assertEquals(plan, new PushSourceFilters((table, condition, timed) -> false).apply(plan));
    }
}
