package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.PlanIds;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitAggregatesTest {
    private static final AggregateCall MAXIMUM = Plans.call("max", Scalar.BIGINT, 4);
    private static final WindowSpec TUMBLE = new WindowSpec.Tumble(10_000_000, 0);
    private static final Emit CHANGES = new Emit.Changes(1_000_000);

    private static PlanNode updating(PlanNode input, Emit emit, AggregateCall... calls) {
        Schema schema = Schema.of(new Field("file", Scalar.TEXT), new Field("m", Scalar.BIGINT));
        return new AggregateNode(input, List.of(3), List.of(calls), Phase.COMPLETE, emit, 0, schema);
    }

    private static PlanNode windowed(WindowSpec window, TimeDomain time, Emit emit) {
        return new WindowAggregateNode(
                Plans.events(),
                window,
                time,
                List.of(3),
                List.of(MAXIMUM),
                Phase.COMPLETE,
                emit,
                Schema.of(
                        new Field("file", Scalar.TEXT),
                        new Field("m", Scalar.BIGINT),
                        new Field("window_start", Scalar.TIMESTAMP, false),
                        new Field("window_end", Scalar.TIMESTAMP, false)));
    }

    private static StreamPlan plan(PlanNode node, Map<String, Object> settings) {
        return new StreamPlan(Plans.into(node).sinks(), new PipelineSettings(new OptionValues(settings)));
    }

    private static StreamPlan split(PlanNode node, Map<String, Object> settings) {
        return new InsertExchanges().apply(new SplitAggregates().apply(plan(node, settings)));
    }

    private static PlanNode split(PlanNode node) {
        return new SplitAggregates()
                .apply(plan(node, Map.of("local_aggregation", "on")))
                .sinks()
                .get(0)
                .input();
    }

    @Test
    void groupsAreFoldedBeforeTheExchange() {
        assertEquals(
                """
                Sink: out0 (test)  <changelog>
                └─ Aggregate: final, by [file], [max], emit changes every 1 second  <changelog by [file]>  {state: a group per key}
                   └─ Exchange: by [file]  <append>
                      └─ Aggregate: partial, by [file], [max(price)]  <append>
                         └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """,
                ExplainTree.of(split(
                        updating(Plans.events(), CHANGES, MAXIMUM),
                        Map.of("parallelism", 2L, "local_aggregation", "auto"))));
    }

    @Test
    void soAreWindows() {
        assertEquals(
                """
                Sink: out0 (test)  <append>
                └─ WindowAggregate: tumble 10 seconds, final, by [file], [max], emit final  <append>  {state: groups per pane and key}
                   └─ Exchange: by [file]  <append>
                      └─ WindowAggregate: tumble 10 seconds, partial, by [file], [max(price)]  <append>
                         └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """,
                ExplainTree.of(split(
                        windowed(TUMBLE, TimeDomain.EVENT, new Emit.Final()),
                        Map.of("autoscale", true, "local_aggregation", "auto"))));
    }

    @ParameterizedTest
    @CsvSource({"1,auto,false", "2,auto,true", "2,off,false", "1,on,true"})
    void theSettingDecides(long parallelism, String setting, boolean splits) {
        PlanNode node = updating(Plans.events(), CHANGES, MAXIMUM);
        StreamPlan plan = plan(node, Map.of("parallelism", parallelism, "local_aggregation", setting));
        assertEquals(splits, !new SplitAggregates().apply(plan).equals(plan));
    }

    @Test
    void whatHasArrivedIsLeftAlone() {
        StreamPlan once = split(updating(Plans.events(), CHANGES, MAXIMUM), Map.of("local_aggregation", "on"));
        assertEquals(once, new SplitAggregates().apply(once));
        StreamPlan whole = split(updating(Plans.events(), CHANGES, MAXIMUM), Map.of("local_aggregation", "off"));
        PlanNode arrived = whole.sinks().get(0).input();
        assertEquals(arrived, split(arrived));
    }

    @Test
    void whatNeedsAllRowsInOnePlaceIsLeftAlone() {
        PlanNode first = updating(Plans.events(), CHANGES, MAXIMUM, Plans.call("first_value", Scalar.BIGINT, 4));
        assertEquals(first, split(first));
        PlanNode overChanges = updating(first, CHANGES, MAXIMUM);
        assertEquals(overChanges, split(overChanges));
        PlanNode sessions = windowed(new WindowSpec.Session(5), TimeDomain.EVENT, new Emit.Final());
        assertEquals(sessions, split(sessions));
        PlanNode byClock = windowed(TUMBLE, TimeDomain.PROCESSING, new Emit.Final());
        assertEquals(byClock, split(byClock));
        PlanNode early = windowed(TUMBLE, TimeDomain.EVENT, CHANGES);
        assertEquals(early, split(early));
    }

    @Test
    void windowsWhoseLateRowsAreKeptAreLeftAlone() {
        PlanNode windows = windowed(TUMBLE, TimeDomain.EVENT, new Emit.Final());
        StreamPlan plan = plan(windows, Map.of("local_aggregation", "on", "late_rows", "late"));
        assertEquals(plan, new SplitAggregates().apply(plan));
    }

    @Test
    void theStateIsFoundAgainWhetherRowsAreFoldedOrNot() {
        Expression id = Plans.input(Plans.EVENTS, "id");
        for (PlanNode node : List.of(
                updating(Plans.filter(Plans.events(), Plans.greater(id, 3)), CHANGES, MAXIMUM),
                windowed(TUMBLE, TimeDomain.EVENT, new Emit.Final()))) {
            PlanNode whole = split(node, Map.of("local_aggregation", "off"))
                    .sinks()
                    .get(0)
                    .input();
            PlanNode folding = split(node, Map.of("local_aggregation", "on"))
                    .sinks()
                    .get(0)
                    .input();
            assertEquals(Phase.FINAL.name(), phase(folding));
            assertEquals(new PlanIds().of(whole), new PlanIds().of(folding));
            assertEquals(ExchangeNode.class, folding.inputs().get(0).getClass());
        }
    }

    private static String phase(PlanNode node) {
        return node instanceof AggregateNode aggregate
                ? aggregate.phase().name()
                : ((WindowAggregateNode) node).phase().name();
    }
}
