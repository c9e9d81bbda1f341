package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitDistinctTest {
    private static final int ID = 0;
    private static final int FILE = 3;
    private static final int PRICE = 4;
    private static final AggregateCall DIFFERENT = distinct("count", Scalar.BIGINT, FILE);
    private static final AggregateCall MAXIMUM = Plans.call("max", Scalar.BIGINT, PRICE);
    private static final WindowSpec TUMBLE = new WindowSpec.Tumble(10_000_000, 0);

    private static AggregateCall distinct(String function, DataType type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), true, null, List.of(), type, !function.equals("count"));
    }

    private static List<Field> fields(List<Integer> keys, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>(Plans.EVENTS.select(keys).fields());
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            fields.add(new Field("r" + i, call.type(), call.nullable()));
        }
        return fields;
    }

    private static PlanNode updating(List<Integer> keys, AggregateCall... calls) {
        return new AggregateNode(
                Plans.events(),
                keys,
                List.of(calls),
                Phase.COMPLETE,
                new Emit.Changes(1_000_000),
                0,
                new Schema(fields(keys, List.of(calls))));
    }

    private static PlanNode windowed(WindowSpec window, TimeDomain time, Emit emit) {
        List<Field> fields = fields(List.of(ID), List.of(DIFFERENT));
        fields.add(new Field("window_start", Scalar.TIMESTAMP, false));
        fields.add(new Field("window_end", Scalar.TIMESTAMP, false));
        return new WindowAggregateNode(
                Plans.events(),
                window,
                time,
                List.of(ID),
                List.of(DIFFERENT),
                Phase.COMPLETE,
                emit,
                new Schema(fields));
    }

    private static StreamPlan plan(PlanNode node, Map<String, Object> settings) {
        return new StreamPlan(Plans.into(node).sinks(), new PipelineSettings(new OptionValues(settings)));
    }

    private static StreamPlan split(PlanNode node) {
        return new SplitDistinct().apply(plan(node, Map.of("distinct_split", true)));
    }

    private static void assertLeftAlone(PlanNode node) {
        assertEquals(node, split(node).sinks().get(0).input());
    }

    @Test
    void countsGoByBucketsFirst() {
        assertEquals("""
                Sink: out0 (test)  <changelog>
                └─ Aggregate: by [id], [sum(r0), max(r1)], emit changes every 1 second  <changelog by [id]>  {state: a group per key}
                   └─ Aggregate: by [id, distinct_bucket], [count(distinct file), max(price)], emit changes every 1 second  <changelog by [id, distinct_bucket]>  {state: a group per key}
                      └─ Project: [id, at, place, file, price, distinct_bucket = (xxhash64(file) % 64)]  <append>
                         └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """, ExplainTree.of(split(updating(List.of(ID), DIFFERENT, MAXIMUM))));
    }

    @Test
    void withoutKeysNothingIsZero() {
        assertEquals("""
                Sink: out0 (test)  <changelog>
                └─ Project: [r0 = coalesce(r0, 0), r1]  <changelog of one row>
                   └─ Aggregate: [sum(r0), max(r1)], emit changes every 1 second  <changelog of one row>  {state: a group per key}
                      └─ Aggregate: by [distinct_bucket], [count(distinct file), max(price)], emit changes every 1 second  <changelog by [distinct_bucket]>  {state: a group per key}
                         └─ Project: [id, at, place, file, price, distinct_bucket = (xxhash64(file) % 64)]  <append>
                            └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """, ExplainTree.of(split(updating(List.of(), DIFFERENT, MAXIMUM))));
    }

    @Test
    void windowsAreTheSame() {
        assertEquals("""
                Sink: out0 (test)  <append>
                └─ WindowAggregate: window [window_start, window_end], by [id], [sum(r0)], emit final  <append>  {state: groups per pane and key}
                   └─ WindowAggregate: tumble 10 seconds, by [id, distinct_bucket], [count(distinct file)], emit final  <append>  {state: groups per pane and key}
                      └─ Project: [id, at, place, file, price, distinct_bucket = (xxhash64(file) % 64)]  <append>
                         └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """, ExplainTree.of(split(windowed(TUMBLE, TimeDomain.EVENT, new Emit.Final()))));
    }

    @Test
    void aWholeNumberNeedsNoHash() {
        PlanNode node = updating(List.of(FILE), distinct("count", Scalar.BIGINT, PRICE));
        assertNotEquals(node, split(node).sinks().get(0).input());
    }

    @Test
    void itIsAskedFor() {
        StreamPlan plan = plan(updating(List.of(ID), DIFFERENT), Map.of());
        assertEquals(plan, new SplitDistinct().apply(plan));
    }

    @Test
    void whatHasArrivedIsLeftAlone() {
        StreamPlan once = new InsertExchanges().apply(split(updating(List.of(ID), DIFFERENT)));
        assertEquals(once, new SplitDistinct().apply(once));
    }

    @Test
    void averagesGoAsSumsAndCounts() {
        DataType number = Scalar.DOUBLE;
        PlanNode halves = Plans.project(
                Plans.events(),
                Map.of(
                        "id", Plans.input(Plans.EVENTS, "id"),
                        "file", Plans.input(Plans.EVENTS, "file"),
                        "half", new Expression.Cast(Plans.input(Plans.EVENTS, "price"), number, true, false)),
                List.of("id", "file", "half"));
        List<AggregateCall> calls = List.of(distinct("count", Scalar.BIGINT, 1), distinct("avg", number, 2));
        PlanNode node = new AggregateNode(
                halves,
                List.of(0),
                List.of(calls.get(0), Plans.call("avg", number, 2)),
                Phase.COMPLETE,
                new Emit.Changes(0),
                0,
                Schema.of(new Field("id", Scalar.BIGINT), new Field("n", Scalar.BIGINT), new Field("a", number)));
        assertEquals("""
                Sink: out0 (test)  <changelog>
                └─ Project: [id, n, a = case when (a_count > 0) then (a / cast(a_count as DOUBLE)) else null end]  <changelog by [id]>
                   └─ Aggregate: by [id], [sum(n), sum(a), sum(a_count)], emit changes  <changelog by [id]>  {state: a group per key}
                      └─ Aggregate: by [id, distinct_bucket], [count(distinct file), sum(half), count(half)], emit changes  <changelog by [id, distinct_bucket]>  {state: a group per key}
                         └─ Project: [id, file, half, distinct_bucket = (xxhash64(file) % 64)]  <append>
                            └─ Project: [id, file, half = cast(price as DOUBLE)]  <append>
                               └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """, ExplainTree.of(split(node)));
    }

    @Test
    void rowsComeOncePerColumnWhoseValuesAreCounted() {
        assertEquals(
                """
                Sink: out0 (test)  <changelog>
                └─ Aggregate: by [id], [sum(r0), sum(r1), sum(r2), max(r3)], emit changes every 1 second  <changelog by [id]>  {state: a group per key}
                   └─ Aggregate: by [id, distinct_bucket], [count(distinct file) filter distinct_of_0, sum(distinct price) filter distinct_of_1, count(distinct file, price) filter distinct_of_2, max(price) filter distinct_of_0], emit changes every 1 second  <changelog by [id, distinct_bucket]>  {state: a group per key}
                      └─ Project: [id, file, distinct_of_0 = (distinct_set = 0), price, distinct_of_1 = (distinct_set = 1), distinct_of_2 = (distinct_set = 2), distinct_bucket = case when (distinct_set = 0) then (xxhash64(file) % 64) when (distinct_set = 1) then (price % 64) else ((coalesce((xxhash64(file) % 64), 0) + coalesce((price % 64), 0)) % 64) end]  <append>
                         └─ Expand: every row 3 times  <append>
                            └─ Source: events (test, json), columns [id, at, place, file, price], watermark at, bounded  <append>
                """,
                ExplainTree.of(split(updating(
                        List.of(ID),
                        DIFFERENT,
                        distinct("sum", Scalar.BIGINT, PRICE),
                        distinct("count", Scalar.BIGINT, FILE, PRICE),
                        MAXIMUM))));
    }

    @Test
    void numbersWithFractionsHaveBuckets() {
        PlanNode node =
                updating(List.of(ID), distinct("count", Scalar.BIGINT, FILE), Plans.call("sum", Scalar.DOUBLE, PRICE));
        assertNotEquals(node, split(node).sinks().get(0).input());
    }

    private static void assertWhole(String reason, PlanNode node) {
        assertLeftAlone(node);
        String line = ExplainTree.of(split(node)).split("\n")[1];
        assertEquals(
                "{note: distinct values are not split: " + reason + "}", line.substring(line.lastIndexOf("{note")));
    }

    @Test
    void whatStaysWholeSaysWhy() {
        assertLeftAlone(updating(List.of(ID), MAXIMUM));
        assertWhole(
                "first_value does not add up",
                updating(List.of(ID), DIFFERENT, Plans.call("first_value", Scalar.BIGINT, PRICE)));
        assertWhole(
                "avg of BIGINT does not add up",
                updating(List.of(ID), DIFFERENT, Plans.call("avg", Scalar.DOUBLE, PRICE)));
        assertWhole(
                "values of type STRUCT<lat DOUBLE, lon DOUBLE, name TEXT> have no buckets",
                updating(List.of(ID), distinct("count", Scalar.BIGINT, 2)));
        assertWhole(
                "sessions of the buckets of a key are not those of the key",
                windowed(new WindowSpec.Session(5), TimeDomain.EVENT, new Emit.Final()));
        assertWhole("windows of processing time", windowed(TUMBLE, TimeDomain.PROCESSING, new Emit.Final()));
        assertWhole("windows that emit before they close", windowed(TUMBLE, TimeDomain.EVENT, new Emit.Changes(1)));
    }

    @Test
    void windowsWhoseLateRowsAreKeptAreLeftAlone() {
        StreamPlan plan = plan(
                windowed(TUMBLE, TimeDomain.EVENT, new Emit.Final()),
                Map.of("distinct_split", true, "late_rows", "late"));
        assertEquals(plan, new SplitDistinct().apply(plan));
    }
}
