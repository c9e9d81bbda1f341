package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassesTest {

    private static PlanNode source(StreamPlan plan, int sink) {
        PlanNode node = plan.sinks().get(sink);
        while (!node.inputs().isEmpty()) {
            node = node.inputs().get(0);
        }
        return node;
    }

    @Test
    void twoFilterProjectsBecomeOne() {
        SourceNode events = Plans.events();
        Expression price = Plans.input(Plans.EVENTS, "price");
        FilterProjectNode inner = Plans.project(
                Plans.filter(events, Plans.greater(price, 5)), Map.of("p", Plans.plus(price, 1)), List.of("p"));
        PlanNode outer = Plans.filter(inner, Plans.greater(Plans.input(inner.schema(), "p"), 9));

        StreamPlan merged = new MergeFilterProjects().apply(Plans.into(outer));

        FilterProjectNode only =
                assertInstanceOf(FilterProjectNode.class, merged.sinks().get(0).input());
        assertEquals(events, only.input());
        assertEquals("(($4 > 5) and (($4 + 1) > 9))", String.valueOf(only.condition()));
        assertEquals("[($4 + 1)]", only.projections().toString());
    }

    @Test
    void aSharedProjectionStays() {
        FilterProjectNode shared = Plans.filter(Plans.events(), Plans.greater(Plans.input(Plans.EVENTS, "price"), 5));
        PlanNode one = Plans.filter(shared, Plans.greater(Plans.input(Plans.EVENTS, "id"), 1));
        PlanNode two = Plans.filter(shared, Plans.greater(Plans.input(Plans.EVENTS, "id"), 2));
        StreamPlan plan = Plans.into(one, two);

        assertEquals(plan, new MergeFilterProjects().apply(plan));
    }

    @Test
    void columnsThatNobodyReadsAreNotRead() {
        Expression price = Plans.input(Plans.EVENTS, "price");
        Expression file = Plans.input(Plans.EVENTS, "file");
        StreamPlan plan = Plans.into(Plans.project(
                Plans.filter(Plans.events(), Plans.greater(price, 5)),
                Map.of("p", price, "f", file),
                List.of("p", "f")));

        SourceNode source = (SourceNode) source(new PruneColumns().apply(plan), 0);

        // The event time is needed for watermarks although the query does not ask for it.
        assertEquals(List.of("at", "file", "price"), source.schema().names());
        assertEquals(Map.of("file", "path"), source.table().metadata());
        assertEquals(List.of(1, 3), source.table().format().projection());
        assertEquals("$0", String.valueOf(source.watermark().rowtime()));
    }

    @Test
    void aggregatesThatNobodyReadsAreNotComputed() {
        PlanNode sums = new AggregateNode(
                Plans.events(),
                List.of(0),
                List.of(Plans.call("max", Scalar.BIGINT, 4), Plans.call("single_value", Scalar.TEXT, 3)),
                Phase.COMPLETE,
                new Emit.Changes(0),
                0,
                Schema.of(new Field("id", Scalar.BIGINT), new Field("m", Scalar.BIGINT), new Field("v", Scalar.TEXT)));
        StreamPlan plan =
                Plans.into(Plans.project(sums, Map.of("id", Plans.input(sums.schema(), "id")), List.of("id")));

        PlanNode narrow =
                new PruneColumns().apply(plan).sinks().get(0).input().inputs().get(0);
        assertEquals(List.of("id", "v"), narrow.schema().names());
        assertEquals(
                List.of("id", "at", "file"), narrow.inputs().get(0).schema().names());
    }

    @Test
    void aUnionKeepsTheSameColumnsOnAllSides() {
        SourceNode events = Plans.events();
        PlanNode left = Plans.filter(events, Plans.greater(Plans.input(Plans.EVENTS, "price"), 5));
        PlanNode union = new UnionNode(List.of(left, events), Plans.EVENTS);
        StreamPlan plan =
                Plans.into(Plans.project(union, Map.of("id", Plans.input(Plans.EVENTS, "id")), List.of("id")));

        StreamPlan pruned = new PruneColumns().apply(plan);

        UnionNode narrow =
                (UnionNode) pruned.sinks().get(0).inputs().get(0).inputs().get(0);
        assertEquals(List.of("id"), narrow.schema().names());
        for (PlanNode input : narrow.inputs()) {
            assertEquals(List.of("id"), input.schema().names());
        }
    }

    @Test
    void membersThatNobodyReadsAreNotRead() {
        Expression name = new Expression.Member(Plans.input(Plans.EVENTS, "place"), 2, Scalar.TEXT, true);
        StreamPlan plan = Plans.into(Plans.project(Plans.events(), Map.of("n", name), List.of("n")));

        StreamPlan pruned = new PruneMembers().apply(new PruneColumns().apply(plan));

        SourceNode source = (SourceNode) source(pruned, 0);
        assertEquals("STRUCT<name TEXT>", source.schema().type(1).sql());
        assertEquals(
                "STRUCT<name TEXT>", source.table().format().projected().type(1).sql());
        FilterProjectNode project = (FilterProjectNode) pruned.sinks().get(0).input();
        assertEquals("[$1.name]", project.projections().toString());
    }

    @Test
    void identityProjectionsGo() {
        SourceNode events = Plans.events();
        PlanNode all = Plans.filter(events, null);
        assertEquals(
                events,
                new RemoveIdentityProjects()
                        .apply(Plans.into(all))
                        .sinks()
                        .get(0)
                        .input());
    }

    private static WindowAggregateNode maximum(PlanNode input, List<Integer> keys) {
        return new WindowAggregateNode(
                input,
                new WindowSpec.Tumble(10_000_000, 0),
                TimeDomain.EVENT,
                keys,
                List.of(Plans.call("max", Scalar.BIGINT, 4)),
                Phase.COMPLETE,
                new Emit.Final(),
                Schema.of(
                        new Field("m", Scalar.BIGINT),
                        new Field("window_start", Scalar.TIMESTAMP, false),
                        new Field("window_end", Scalar.TIMESTAMP, false)));
    }

    @Test
    void anAggregateWithoutKeysIsFoldedBeforeTheExchange() {
        StreamPlan plan = Plans.into(maximum(Plans.events(), List.of()));
        StreamPlan split = new InsertExchanges().apply(new SplitAggregates().apply(plan));
        assertEquals("""
                Sink: out0 (test)  <append>
                └─ WindowAggregate: tumble 10 seconds, final, [max], emit final  <append>  {state: groups per pane and key}
                   └─ Exchange: single  <append>
                      └─ WindowAggregate: tumble 10 seconds, partial, [max(price)]  <append>
                         └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """, ExplainTree.of(split));
    }

    @Test
    void rowsMeetByTheirKeys() {
        PlanNode aggregate = maximum(Plans.events(), List.of(0));
        StreamPlan distributed = new InsertExchanges().apply(Plans.into(aggregate));
        assertEquals(
                "ExchangeNode",
                distributed.sinks().get(0).input().inputs().get(0).getClass().getSimpleName());
        assertEquals(distributed, new InsertExchanges().apply(distributed));
    }

    @Test
    void whatSinksShareIsExplainedOnce() {
        FilterProjectNode shared = Plans.filter(Plans.events(), Plans.greater(Plans.input(Plans.EVENTS, "price"), 5));
        assertEquals("""
                Sink: out0 (test)  <append>
                └─ #1 Filter: where (price > 5), [id, at, place, file, price]  <append>
                   └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                Sink: out1 (test)  <append>
                └─ see #1 (Filter)
                """, ExplainTree.of(Plans.into(shared, shared)));
    }
}
