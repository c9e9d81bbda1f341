package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.aggregate.AggregateOperator;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Updating aggregation over random rows against {@link Oracle}, with stops and restores on the way. */
class AggregateOperatorTest {

    @Test
    void agreesWithTheOracle() {
        for (int seed = 0; seed < 1000; seed++) {
            check(seed, false);
        }
    }

    @Test
    void agreesWithTheOracleWhenStateIsSpilled() {
        for (int seed = 0; seed < 25; seed++) {
            check(seed, true);
        }
    }

    private static void check(int seed, boolean spilling) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(20));
        List<Integer> keys = rows.keyColumns();
        List<AggregateCall> calls = random.nextBoolean()
                ? rows.calls(WindowAggregateOperatorTest.SIMPLE, false)
                : rows.calls(WindowAggregateOperatorTest.ALL, true);
        Emit emit = random.nextInt(3) == 0 ? new Emit.Final() : new Emit.Changes(random.nextInt(2) * 1000L);
        boolean retracts = random.nextBoolean();
        AggregateNode node = node(keys, calls, emit, retracts ? ChangelogMode.RETRACT : ChangelogMode.APPEND);
        Supplier<Operator> factory = () -> new AggregateOperator(node);
        Harness harness = new Harness(
                spilling ? Harness.spilling(factory, keys, seed) : factory,
                new Distribution.Keyed(keys),
                node.schema(),
                1);
        List<RandomRows.Row> all = new ArrayList<>();
        int batchSize = random.nextBoolean() ? 1 : 200;
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(batchSize);
            for (int i = 0; i < count; i++) {
                if (retracts && !all.isEmpty() && random.nextInt(5) < 2) {
                    RandomRows.Row gone = all.remove(random.nextInt(all.size()));
                    batch.add(gone.withKind(random.nextBoolean() ? RowKind.DELETE : RowKind.UPDATE_BEFORE));
                } else {
                    RandomRows.Row row = rows.row(step * 10 + random.nextInt(10));
                    batch.add(retracts && random.nextInt(3) == 0 ? row.withKind(RowKind.UPDATE_AFTER) : row);
                    all.add(row);
                }
            }
            harness.feed(RandomRows.batch(batch));
            if (random.nextInt(3) == 0) {
                harness.clock(step * 700L);
            }
            if (random.nextInt(4) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
        harness.finish();
        String message = "seed " + seed + " " + keys + " " + calls + " " + emit + " retracts " + retracts;
        assertEquals(
                String.join("\n", WindowAggregateOperatorTest.lines(expected(keys, calls, all))),
                String.join("\n", WindowAggregateOperatorTest.lines(harness.folded())),
                message);
    }

    static Map<String, Integer> expected(List<Integer> keys, List<AggregateCall> calls, List<RandomRows.Row> rows) {
        Map<String, Integer> expected = new TreeMap<>();
        Map<List<Object>, List<RandomRows.Row>> groups = Oracle.group(rows, keys);
        if (keys.isEmpty() && groups.isEmpty()) {
            groups.put(List.of(), List.of());
        }
        groups.forEach((key, group) -> {
            List<Object> row = new ArrayList<>(key);
            row.addAll(Oracle.results(calls, group));
            expected.merge(row.toString(), 1, Integer::sum);
        });
        return expected;
    }

    static AggregateNode node(List<Integer> keys, List<AggregateCall> calls, Emit emit, ChangelogMode input) {
        List<Field> fields = new ArrayList<>(RandomRows.SCHEMA.select(keys).fields());
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new Field("c" + i, calls.get(i).type()));
        }
        return new AggregateNode(
                new InputStub(RandomRows.SCHEMA, input), keys, calls, Phase.COMPLETE, emit, 0, new Schema(fields));
    }
}
