package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.StatefulOperators;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.DeduplicateNode.Keep;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.TimeDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One row per key against a map of keys, with restarts on the way. */
class DeduplicateOperatorTest {
    private static final InputStub INPUT = new InputStub(RandomRows.SCHEMA, ChangelogMode.APPEND);
    private static final long SECOND = 1_000_000;

    @Test
    void lastRowsAgree() {
        for (int seed = 0; seed < 500; seed++) {
            checkLast(seed);
        }
    }

    private static void checkLast(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(12));
        TimeDomain time = TimeDomain.values()[random.nextInt(2)];
        Emit emit = random.nextInt(4) == 0 ? new Emit.Final() : new Emit.Changes(random.nextInt(2) * 1000L);
        DeduplicateNode node = new DeduplicateNode(INPUT, rows.keyColumns(), Keep.LAST, time, emit, 0);
        Harness harness = harness(node);
        Map<List<Object>, RandomRows.Row> last = new LinkedHashMap<>();
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = batch(rows, random, step * 10L);
            for (RandomRows.Row row : batch) {
                RandomRows.Row other = last.get(key(node, row));
                if (other == null || time == TimeDomain.PROCESSING || row.time() >= other.time()) {
                    last.put(key(node, row), row);
                }
            }
            harness.feed(RandomRows.batch(batch));
            if (random.nextInt(3) == 0) {
                harness.clock((step + 1) * 1000L);
            }
            if (random.nextInt(4) == 0) {
                harness.restart(node.keys().isEmpty() ? 1 : 1 + random.nextInt(3));
            }
        }
        harness.finish();
        assertEquals(counted(last.values()), new TreeMap<>(harness.folded()), "seed " + seed + " " + node);
    }

    @Test
    void firstRowsAgree() {
        for (int seed = 0; seed < 500; seed++) {
            checkFirst(seed);
        }
    }

    private static void checkFirst(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(12));
        TimeDomain time = TimeDomain.values()[random.nextInt(2)];
        DeduplicateNode node = new DeduplicateNode(INPUT, rows.keyColumns(), Keep.FIRST, time, new Emit.Changes(0), 0);
        Harness harness = harness(node);
        Map<List<Object>, RandomRows.Row> first = new LinkedHashMap<>();
        Set<List<Object>> done = new HashSet<>();
        long watermark = Long.MIN_VALUE;
        long late = 0;
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = batch(rows, random, step * 10L);
            for (RandomRows.Row row : batch) {
                List<Object> key = key(node, row);
                if (done.contains(key)) {
                    continue;
                }
                if (time == TimeDomain.EVENT && row.time() <= watermark) {
                    late++;
                } else if (!first.containsKey(key)
                        || time == TimeDomain.EVENT
                                && row.time() < first.get(key).time()) {
                    first.put(key, row);
                }
            }
            harness.feed(RandomRows.batch(batch));
            if (random.nextInt(3) == 0) {
                watermark = step * 10L - 5;
                harness.watermark(watermark);
                for (Map.Entry<List<Object>, RandomRows.Row> entry : first.entrySet()) {
                    if (entry.getValue().time() <= watermark) {
                        done.add(entry.getKey());
                    }
                }
                if (time == TimeDomain.EVENT) {
                    assertEquals(done.size(), harness.rows.size(), "seed " + seed + " " + node);
                }
            }
            if (random.nextInt(4) == 0) {
                harness.restart(node.keys().isEmpty() ? 1 : 1 + random.nextInt(3));
            }
        }
        harness.finish();
        assertEquals(counted(first.values()), new TreeMap<>(harness.folded()), "seed " + seed + " " + node);
        assertEquals(late, harness.lateRows, "late rows of seed " + seed);
    }

    @Test
    void forgottenKeysGiveARowAgain() {
        for (Keep keep : Keep.values()) {
            DeduplicateNode node = new DeduplicateNode(
                    INPUT, List.of(RandomRows.K_INT), keep, TimeDomain.PROCESSING, new Emit.Changes(0), 60 * SECOND);
            Harness harness = harness(node);
            RandomRows rows = new RandomRows(new Random(7), 1);
            harness.feed(RandomRows.batch(List.of(rows.row(1))));
            harness.clock(30 * SECOND);
            harness.restart(2);
            harness.clock(200 * SECOND);
            harness.feed(RandomRows.batch(List.of(rows.row(2))));
            assertEquals(2, harness.rows.size(), keep + ": " + harness.rows);
        }
    }

    private static Harness harness(DeduplicateNode node) {
        return new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(node.keys()), node.schema(), 1);
    }

    private static List<RandomRows.Row> batch(RandomRows rows, Random random, long from) {
        List<RandomRows.Row> batch = new ArrayList<>();
        int count = 1 + random.nextInt(random.nextBoolean() ? 1 : 40);
        for (int i = 0; i < count; i++) {
            batch.add(rows.row(from + random.nextInt(25) - 10));
        }
        return batch;
    }

    private static List<Object> key(DeduplicateNode node, RandomRows.Row row) {
        List<Object> key = new ArrayList<>();
        node.keys().forEach(k -> key.add(row.values().get(k)));
        return key;
    }

    private static TreeMap<String, Integer> counted(Iterable<RandomRows.Row> rows) {
        TreeMap<String, Integer> counted = new TreeMap<>();
        rows.forEach(row -> {
            List<Object> values = new ArrayList<>();
            row.values().forEach(value -> values.add(Harness.normal(value)));
            counted.merge(values.toString(), 1, Integer::sum);
        });
        return counted;
    }
}
