package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.Operators;
import io.laminar.execution.StatefulOperators;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.UpsertOperator;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.UpsertNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What tables with keys get: the last row of a key that is there, and one change per key and batch. */
class UpsertsTest {
    private static final InputStub CHANGES = new InputStub(RandomRows.SCHEMA, ChangelogMode.RETRACT);

    @Test
    void theLastRowOfAKeyThatIsThere() {
        for (int seed = 0; seed < 500; seed++) {
            checkMaterialize(seed);
        }
    }

    private static void checkMaterialize(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(6));
        List<Integer> keys = rows.keyColumns();
        MaterializeNode node = new MaterializeNode(CHANGES, keys, new Emit.Changes(random.nextInt(2) * 1000L), 0);
        Harness harness = new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(keys), node.schema(), 1);
        List<RandomRows.Row> all = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            harness.feed(RandomRows.batch(batch(rows, random, all, step, 40)));
            if (random.nextInt(3) == 0) {
                harness.clock((step + 1) * 1000L);
            }
            if (random.nextInt(4) == 0) {
                harness.restart(keys.isEmpty() ? 1 : 1 + random.nextInt(3));
            }
        }
        harness.finish();
        TreeMap<String, Integer> expected = new TreeMap<>();
        last(all, keys).values().forEach(row -> expected.merge(text(row), 1, Integer::sum));
        assertEquals(expected, new TreeMap<>(harness.folded()), "seed " + seed + " " + keys);
    }

    @Test
    void whatAStreamOfLastRowsComesTo() {
        for (int seed = 0; seed < 500; seed++) {
            checkNormalize(seed);
        }
    }

    /** Rows that replace the one with their key, or say that it is gone; often of keys that are not there. */
    private static void checkNormalize(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(6));
        List<Integer> keys = rows.keyColumns();
        NormalizeNode node = new NormalizeNode(new InputStub(RandomRows.SCHEMA, ChangelogMode.UPSERT), keys);
        Harness harness =
                new Harness(() -> Operators.builtin().create(node), new Distribution.Keyed(keys), node.schema(), 1);
        List<RandomRows.Row> all = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(random.nextBoolean() ? 1 : 40);
            for (int i = 0; i < count; i++) {
                RandomRows.Row row = rows.row(step * 10 + random.nextInt(10));
                batch.add(random.nextInt(3) == 0 ? row.withKind(RowKind.DELETE) : row);
            }
            all.addAll(batch);
            harness.feed(RandomRows.batch(batch));
            if (random.nextInt(4) == 0) {
                harness.restart(keys.isEmpty() ? 1 : 1 + random.nextInt(3));
            }
        }
        harness.finish();
        TreeMap<String, Integer> expected = new TreeMap<>();
        last(all, keys).values().stream()
                .filter(row -> !RowKind.isRetraction(row.kind()))
                .forEach(row -> expected.merge(text(row), 1, Integer::sum));
        assertEquals(expected, new TreeMap<>(harness.folded()), "seed " + seed + " " + keys);
    }

    @Test
    void oneChangePerKeyAndBatch() {
        for (int seed = 0; seed < 300; seed++) {
            checkUpsert(seed);
        }
    }

    private static void checkUpsert(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(6));
        List<Integer> keys = rows.keyColumns();
        MaterializeNode materialize = new MaterializeNode(CHANGES, keys, new Emit.Changes(0), 0);
        Operator first = StatefulOperators.of(materialize);
        Operator second = new UpsertOperator(new UpsertNode(materialize, keys));
        TestContext context = new TestContext(0, 1, 0);
        first.open(context);
        second.open(context);
        List<RandomRows.Row> all = new ArrayList<>();
        Map<List<Object>, String> table = new HashMap<>();
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = batch(rows, random, all, step, 40);
            first.process(
                    0,
                    RandomRows.batch(batch),
                    changes -> second.process(0, changes, upserts -> apply(upserts, keys, table, seed)));
            Map<List<Object>, String> expected = new HashMap<>();
            last(all, keys).forEach((key, row) -> expected.put(key, text(row)));
            assertEquals(expected, table, "seed " + seed + " step " + step);
        }
    }

    private static void apply(Batch upserts, List<Integer> keys, Map<List<Object>, String> table, int seed) {
        List<List<Object>> seen = new ArrayList<>();
        for (int i = 0; i < upserts.size(); i++) {
            List<Object> values = new ArrayList<>();
            for (int c = 0; c < upserts.width(); c++) {
                values.add(Values.read(RandomRows.SCHEMA.type(c), upserts.column(c), i));
            }
            List<Object> key = new ArrayList<>();
            keys.forEach(k -> key.add(values.get(k)));
            assertTrue(!seen.contains(key), "two changes of " + key + " in a batch, seed " + seed);
            seen.add(key);
            byte kind = upserts.kind(i);
            assertNotEquals(RowKind.UPDATE_BEFORE, kind);
            assertEquals(kind == RowKind.INSERT, !table.containsKey(key), "seed " + seed + " " + RowKind.text(kind));
            if (kind == RowKind.DELETE) {
                table.remove(key);
            } else {
                values.replaceAll(Harness::normal);
                table.put(key, values.toString());
            }
        }
    }

    private static List<RandomRows.Row> batch(
            RandomRows rows, Random random, List<RandomRows.Row> all, int step, int most) {
        List<RandomRows.Row> batch = new ArrayList<>();
        int count = 1 + random.nextInt(random.nextBoolean() ? 1 : most);
        for (int i = 0; i < count; i++) {
            if (!all.isEmpty() && random.nextInt(5) < 2) {
                batch.add(all.remove(random.nextInt(all.size())).withKind(RowKind.DELETE));
            } else {
                RandomRows.Row row = rows.row(step * 10 + random.nextInt(10));
                batch.add(row);
                all.add(row);
            }
        }
        return batch;
    }

    private static Map<List<Object>, RandomRows.Row> last(List<RandomRows.Row> all, List<Integer> keys) {
        Map<List<Object>, RandomRows.Row> last = new HashMap<>();
        Oracle.group(all, keys).forEach((key, group) -> last.put(key, group.get(group.size() - 1)));
        return last;
    }

    private static String text(RandomRows.Row row) {
        List<Object> values = new ArrayList<>();
        row.values().forEach(value -> values.add(Harness.normal(value)));
        return values.toString();
    }
}
