package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeAggregatesTest {
    private static final Expression ID = Plans.input(Plans.EVENTS, "id");
    private static final Expression PRICE = Plans.input(Plans.EVENTS, "price");
    private static final WindowSpec TUMBLE = new WindowSpec.Tumble(10_000_000, 0);

    private static PlanNode window(PlanNode input, WindowSpec window, List<Integer> keys, AggregateCall... calls) {
        List<Field> fields = new ArrayList<>(input.schema().select(keys).fields());
        for (AggregateCall call : calls) {
            fields.add(new Field(call.function(), call.type(), call.nullable()));
        }
        fields.add(new Field("window_start", Scalar.TIMESTAMP, false));
        fields.add(new Field("window_end", Scalar.TIMESTAMP, false));
        return new WindowAggregateNode(
                input,
                window,
                TimeDomain.EVENT,
                keys,
                List.of(calls),
                Phase.COMPLETE,
                new Emit.Final(),
                new Schema(fields));
    }

    private static PlanNode updating(PlanNode input, String name, AggregateCall call) {
        Schema schema = Schema.of(input.schema().field(0), new Field(name, call.type(), call.nullable()));
        return new AggregateNode(input, List.of(0), List.of(call), Phase.COMPLETE, new Emit.Changes(0), 0, schema);
    }

    private static AggregateCall maximum(int column) {
        return Plans.call("max", Scalar.BIGINT, column);
    }

    private static AggregateCall count() {
        return Plans.call("count", Scalar.BIGINT);
    }

    private static String merged(PlanNode... nodes) {
        return ExplainTree.of(new MergeAggregates().apply(Plans.into(nodes)));
    }

    @Test
    void callsOfTheSameGroupsAreOneNode() {
        PlanNode byId = Plans.project(Plans.events(), Map.of("i", ID), List.of("i"));
        PlanNode prices = Plans.project(Plans.events(), Map.of("p", PRICE, "i", ID), List.of("p", "i"));
        assertEquals(
                """
                Sink: out0 (test)  <append>
                └─ Project: [i, count, window_start, window_end]  <append>
                   └─ #1 WindowAggregate: tumble 10 seconds, by [id], [count(*), max(price)], emit final  <append>  {state: groups per pane and key}
                      └─ Project: [id, price]  <append>
                         └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                Sink: out1 (test)  <append>
                └─ Project: [i, max, count, window_start, window_end]  <append>
                   └─ see #1 (WindowAggregate)
                """,
                merged(
                        window(byId, TUMBLE, List.of(0), count()),
                        window(prices, TUMBLE, List.of(1), maximum(0), count())));
    }

    @Test
    void otherGroupsStayApart() {
        PlanNode one = window(Plans.events(), TUMBLE, List.of(0), count());
        StreamPlan plan = Plans.into(
                one,
                window(Plans.events(), TUMBLE, List.of(4), count()),
                window(Plans.events(), new WindowSpec.Tumble(20_000_000, 0), List.of(0), count()),
                window(Plans.filter(Plans.events(), Plans.greater(PRICE, 5)), TUMBLE, List.of(0), count()));
        assertEquals(plan, new MergeAggregates().apply(plan));
    }

    @Test
    void groupsOfGroupsAreSharedToo() {
        PlanNode first = window(Plans.events(), TUMBLE, List.of(0, 4), count());
        PlanNode second = window(Plans.events(), TUMBLE, List.of(0, 4), maximum(4));
        WindowSpec attached = new WindowSpec.Attached(3, 4);
        PlanNode counts = window(first, attached, List.of(0), count());
        PlanNode others = window(first, attached, List.of(0), maximum(2));
        String text = merged(counts, others, second);
        assertEquals(2, text.split("WindowAggregate: ", -1).length - 1, text);
    }

    @Test
    void resultsThatAreUpdatedAreSharedIfTheyAreTheSame() {
        StreamPlan different =
                Plans.into(updating(Plans.events(), "n", count()), updating(Plans.events(), "m", maximum(4)));
        assertEquals(different, new MergeAggregates().apply(different));
        String text = merged(updating(Plans.events(), "n", count()), updating(Plans.events(), "m", count()));
        assertEquals(1, text.split("Aggregate: ", -1).length - 1, text);
    }

    @Test
    void lateRowsThatGoToATableKeepTheirColumns() {
        PlanNode one = window(Plans.events(), TUMBLE, List.of(0), count());
        PlanNode other = window(Plans.events(), TUMBLE, List.of(0), maximum(4));
        StreamPlan plan = new StreamPlan(
                Plans.into(one, other).sinks(), PipelineSettings.DEFAULTS.with(PipelineSettings.LATE_ROWS, "late"));
        assertEquals(plan, new MergeAggregates().apply(plan));
    }
}
