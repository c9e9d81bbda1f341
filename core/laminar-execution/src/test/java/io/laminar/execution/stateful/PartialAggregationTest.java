package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.StatefulOperators;
import io.laminar.execution.aggregate.PartialAggregateOperator;
import io.laminar.execution.aggregate.Reduction;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.window.PartialWindowOperator;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A partial and a final node together must do what a complete one does. */
class PartialAggregationTest {

    @Test
    void windowsInTwoPhases() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            RandomRows rows = new RandomRows(random, 1 + random.nextInt(20));
            WindowSpec spec = WindowAggregateOperatorTest.spec(random);
            if (!PartialLayout.splits(spec)) {
                continue;
            }
            List<Integer> keys = rows.keyColumns();
            List<AggregateCall> calls = rows.calls(WindowAggregateOperatorTest.SIMPLE, false);
            assertTrue(PartialLayout.splits(calls));
            WindowAggregateNode complete = WindowAggregateOperatorTest.node(spec, keys, calls);
            Schema between = PartialLayout.windowSchema(keys, calls, RandomRows.SCHEMA);
            WindowAggregateNode partial = new WindowAggregateNode(
                    complete.input(), spec, TimeDomain.EVENT, keys, calls, Phase.PARTIAL, new Emit.Final(), between);
            List<Integer> finalKeys = IntStream.range(0, keys.size()).boxed().toList();
            WindowAggregateNode last = new WindowAggregateNode(
                    partial,
                    spec,
                    TimeDomain.EVENT,
                    finalKeys,
                    calls,
                    Phase.FINAL,
                    new Emit.Final(),
                    complete.schema());
            Harness harness = new Harness(
                    () -> StatefulOperators.of(complete), new Distribution.Keyed(keys), complete.schema(), 2);
            Operator folding = new PartialWindowOperator(partial, reduction(random, keys));
            folding.open(new TestContext(0, 1, 0));
            WindowOracle oracle = new WindowOracle(spec, keys);
            // What a complete node kept is what a final one goes on with.
            List<RandomRows.Row> earlier = randomBatch(random, rows, 0);
            earlier.forEach(row -> oracle.add(row));
            harness.feed(RandomRows.batch(earlier));
            harness.restart(2, () -> StatefulOperators.of(last), new Distribution.Keyed(finalKeys));
            for (int step = 0; step < 10; step++) {
                List<RandomRows.Row> batch = randomBatch(random, rows, step * 15L);
                batch.forEach(row -> oracle.add(row));
                folding.process(0, RandomRows.batch(batch), part -> feed(harness, part, between));
                if (random.nextInt(3) == 0) {
                    folding.flush(part -> feed(harness, part, between));
                    oracle.watermark(step * 15L - 30);
                    harness.watermark(step * 15L - 30);
                    if (random.nextBoolean()) {
                        harness.restart(1 + random.nextInt(3));
                    }
                }
            }
            folding.finish(part -> feed(harness, part, between));
            harness.finish();
            oracle.watermark(Long.MAX_VALUE);
            assertEquals(
                    String.join("\n", WindowAggregateOperatorTest.lines(oracle.results(calls))),
                    String.join("\n", WindowAggregateOperatorTest.lines(harness.folded())),
                    "seed " + seed + " " + spec + " " + calls);
        }
    }

    @Test
    void updatesInTwoPhases() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            RandomRows rows = new RandomRows(random, 1 + random.nextInt(20));
            List<Integer> keys = rows.keyColumns();
            List<AggregateCall> calls = rows.calls(WindowAggregateOperatorTest.SIMPLE, false);
            Emit emit = random.nextBoolean() ? new Emit.Final() : new Emit.Changes(random.nextInt(2) * 1000L);
            AggregateNode complete = AggregateOperatorTest.node(keys, calls, emit, ChangelogMode.APPEND);
            Schema between = PartialLayout.schema(keys, calls, RandomRows.SCHEMA);
            AggregateNode partial = new AggregateNode(complete.input(), keys, calls, Phase.PARTIAL, emit, 0, between);
            List<Integer> finalKeys = IntStream.range(0, keys.size()).boxed().toList();
            AggregateNode last = new AggregateNode(partial, finalKeys, calls, Phase.FINAL, emit, 0, complete.schema());
            Harness harness = new Harness(
                    () -> StatefulOperators.of(complete), new Distribution.Keyed(keys), complete.schema(), 2);
            Operator folding = new PartialAggregateOperator(partial, reduction(random, keys));
            folding.open(new TestContext(0, 1, 0));
            // What a complete node kept is what a final one goes on with.
            List<RandomRows.Row> all = new ArrayList<>(randomBatch(random, rows, 0));
            harness.feed(RandomRows.batch(all));
            harness.restart(2, () -> StatefulOperators.of(last), new Distribution.Keyed(finalKeys));
            for (int step = 0; step < 10; step++) {
                List<RandomRows.Row> batch = randomBatch(random, rows, step);
                all.addAll(batch);
                folding.process(0, RandomRows.batch(batch), part -> feed(harness, part, between));
                if (random.nextInt(3) == 0) {
                    folding.flush(part -> feed(harness, part, between));
                    harness.clock(step * 700L);
                    if (random.nextBoolean()) {
                        harness.restart(1 + random.nextInt(3));
                    }
                }
            }
            folding.finish(part -> feed(harness, part, between));
            harness.finish();
            assertEquals(
                    String.join(
                            "\n", WindowAggregateOperatorTest.lines(AggregateOperatorTest.expected(keys, calls, all))),
                    String.join("\n", WindowAggregateOperatorTest.lines(harness.folded())),
                    "seed " + seed + " " + keys + " " + calls + " " + emit);
        }
    }

    @Test
    void changesAreNotFoldedAhead() {
        AggregateNode node = AggregateOperatorTest.node(
                List.of(), List.of(WindowAggregateOperatorTest.count()), new Emit.Changes(0), ChangelogMode.RETRACT);
        AggregateNode partial = new AggregateNode(
                node.input(), node.keys(), node.calls(), Phase.PARTIAL, node.emit(), 0, node.schema());
        assertEquals(ChangelogMode.APPEND, partial.changelog());
        assertThrows(IllegalArgumentException.class, () -> StatefulOperators.of(partial));
    }

    @Test
    void rowsArePassedOnWhereTheirKeysHardlyRepeat() {
        Random random = new Random(7);
        RandomRows many = new RandomRows(random, 1 << 20);
        RandomRows few = new RandomRows(random, 2);
        List<AggregateCall> calls = List.of(WindowAggregateOperatorTest.count());
        AggregateNode complete = AggregateOperatorTest.node(
                List.of(RandomRows.K_LONG), calls, new Emit.Changes(1000), ChangelogMode.APPEND);
        Schema between = PartialLayout.schema(complete.keys(), calls, RandomRows.SCHEMA);
        Operator folding = new PartialAggregateOperator(
                new AggregateNode(complete.input(), complete.keys(), calls, Phase.PARTIAL, complete.emit(), 0, between),
                new Reduction(1000, 3000));
        folding.open(new TestContext(0, 1, 0));
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            folding.process(0, RandomRows.batch(rows(many, 1000)), part -> sent.add(part.size()));
        }
        // The first batch shows it, the others leave as they come.
        assertTrue(sent.get(0) > 850, () -> sent.toString());
        assertEquals(List.of(1000, 1000, 1000), sent.subList(1, sent.size()));
        sent.clear();
        for (int i = 0; i < 4; i++) {
            folding.process(0, RandomRows.batch(rows(few, 1000)), part -> sent.add(part.size()));
        }
        assertEquals(List.of(), sent);
        folding.flush(part -> sent.add(part.size()));
        assertTrue(sent.size() == 1 && sent.get(0) < 10, () -> sent.toString());
    }

    private static List<RandomRows.Row> rows(RandomRows source, int count) {
        return IntStream.range(0, count).mapToObj(i -> source.row(i)).toList();
    }

    /** Decides soon, one way and the other. */
    private static @Nullable Reduction reduction(Random random, List<Integer> keys) {
        return keys.isEmpty() ? null : new Reduction(1 + random.nextInt(200), 1 + random.nextInt(200));
    }

    private static void feed(Harness harness, Batch part, Schema between) {
        assertEquals(between.size(), part.width());
        harness.feed(part);
    }

    private static List<RandomRows.Row> randomBatch(Random random, RandomRows rows, long clock) {
        List<RandomRows.Row> batch = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(100); i++) {
            batch.add(rows.row(clock + random.nextInt(60) - 30));
        }
        return batch;
    }
}
