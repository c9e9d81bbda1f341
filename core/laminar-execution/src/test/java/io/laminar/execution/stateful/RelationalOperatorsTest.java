package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.relational.ExpandOperator;
import io.laminar.execution.relational.SetOperationOperator;
import io.laminar.execution.relational.UnnestOperator;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.UnnestNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** INTERSECT, EXCEPT, grouping sets and UNNEST against what they mean, through restarts at any parallelism. */
class RelationalOperatorsTest {
    private static final Schema ROW = Schema.of(new Field("x", Scalar.INT), new Field("t", Scalar.TEXT));
    private static final Schema SIDES = Schema.of(
            new Field("x", Scalar.INT), new Field("t", Scalar.TEXT), new Field("from_right", Scalar.BOOLEAN, false));

    private record Change(byte kind, List<Object> values, long time) {}

    private static Batch batch(Schema schema, List<Change> changes) {
        BatchBuilder builder = new BatchBuilder(schema, Math.max(1, changes.size()));
        for (Change change : changes) {
            for (int c = 0; c < schema.size(); c++) {
                Values.append(schema.type(c), builder.column(c), change.values().get(c));
            }
            builder.endRow(change.time(), change.kind());
        }
        return builder.build();
    }

    @Test
    void setOperationsCountRows() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SetOperationNode.Kind kind = SetOperationNode.Kind.values()[random.nextInt(2)];
            boolean all = random.nextBoolean();
            boolean changes = random.nextInt(3) > 0;
            Emit emit =
                    random.nextInt(3) == 0 ? new Emit.Final() : new Emit.Changes(random.nextBoolean() ? 0 : 1_000_000);
            InputStub input = new InputStub(SIDES, changes ? ChangelogMode.RETRACT : ChangelogMode.APPEND);
            SetOperationNode node =
                    new SetOperationNode(input, kind, all, emit, random.nextBoolean() ? 0 : 86_400_000_000L, ROW);
            assertEquals("", difference(node, changes, random), "seed " + seed + " " + node);
        }
    }

    /** Empty if what comes out is right; otherwise both. */
    private static String difference(SetOperationNode node, boolean changes, Random random) {
        Harness harness = new Harness(
                () -> new SetOperationOperator(node),
                new Distribution.Keyed(List.of(0, 1)),
                ROW,
                1 + random.nextInt(3));
        List<List<Object>> present = new ArrayList<>();
        long clock = 0;
        for (int step = 0; step < 30; step++) {
            List<Change> batch = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                if (changes && !present.isEmpty() && random.nextInt(3) == 0) {
                    List<Object> row = present.remove(random.nextInt(present.size()));
                    batch.add(new Change(random.nextBoolean() ? RowKind.DELETE : RowKind.UPDATE_BEFORE, row, step));
                } else {
                    List<Object> row = Arrays.asList(
                            random.nextInt(5) == 0 ? null : random.nextInt(4),
                            random.nextInt(5) == 0 ? null : "t" + random.nextInt(2),
                            random.nextBoolean());
                    present.add(row);
                    batch.add(new Change(RowKind.INSERT, row, step));
                }
            }
            harness.feed(batch(SIDES, batch));
            if (random.nextInt(6) == 0) {
                harness.restart(1 + random.nextInt(4));
            }
            if (random.nextInt(4) == 0) {
                clock += 700_000;
                harness.clock(clock);
            }
        }
        harness.finish();
        Map<String, Integer> expected = naive(node, present);
        Map<String, Integer> actual = harness.folded();
        boolean appends = node.changelog() == ChangelogMode.APPEND;
        boolean onlyInserts = harness.rows.stream().allMatch(row -> row.kind() == RowKind.INSERT);
        if (appends && !onlyInserts) {
            return "takes rows back";
        }
        return expected.equals(actual) ? "" : expected + " <> " + actual;
    }

    private static Map<String, Integer> naive(SetOperationNode node, List<List<Object>> present) {
        Map<String, int[]> counts = new HashMap<>();
        for (List<Object> row : present) {
            int[] sides = counts.computeIfAbsent(String.valueOf(row.subList(0, 2)), k -> new int[2]);
            sides[(Boolean) row.get(2) ? 1 : 0]++;
        }
        Map<String, Integer> rows = new TreeMap<>();
        counts.forEach((row, sides) -> {
            int copies;
            if (node.kind() == SetOperationNode.Kind.INTERSECT) {
                copies = node.all() ? Math.min(sides[0], sides[1]) : Math.min(1, Math.min(sides[0], sides[1]));
            } else {
                copies = node.all() ? sides[0] - sides[1] : sides[0] > 0 && sides[1] == 0 ? 1 : 0;
            }
            if (copies > 0) {
                rows.put(row, copies);
            }
        });
        return rows;
    }

    @Test
    void expandRepeatsRows() {
        Schema output = Schema.of(
                new Field("x", Scalar.INT),
                new Field("t", Scalar.TEXT),
                new Field("t", Scalar.TEXT),
                new Field("grouping_set", Scalar.INT, false));
        ExpandNode node = new ExpandNode(
                new InputStub(ROW, ChangelogMode.RETRACT), List.of(1), List.of(List.of(0), List.of()), output);
        Harness harness = new Harness(() -> new ExpandOperator(node), new Distribution.Single(), output, 1);
        harness.feed(batch(
                ROW,
                List.of(
                        new Change(RowKind.INSERT, Arrays.asList(1, "a"), 5),
                        new Change(RowKind.DELETE, Arrays.asList(2, null), 6))));
        assertEquals(
                "[+I[1, a, a, 0]@5, -D[2, null, null, 0]@6, +I[1, a, null, 1]@5, -D[2, null, null, 1]@6]",
                harness.rows.toString());
    }

    @Test
    void unnestGivesARowPerElement() {
        Schema input = Schema.of(
                new Field("id", Scalar.INT),
                new Field("l", new ListType(Scalar.INT)),
                new Field("s", new ListType(Scalar.TEXT)));
        Schema output = Schema.of(
                new Field("id", Scalar.INT),
                new Field("x", Scalar.INT),
                new Field("y", Scalar.TEXT),
                new Field("ordinality", Scalar.INT));
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            boolean outer = random.nextBoolean();
            UnnestNode node = new UnnestNode(
                    new InputStub(input, ChangelogMode.RETRACT), List.of(0), List.of(1, 2), true, outer, null, output);
            Harness harness = new Harness(
                    () -> new UnnestOperator(node, ExpressionCompiler.builtin()), new Distribution.Single(), output, 1);
            List<String> expected = new ArrayList<>();
            for (int step = 0; step < 5; step++) {
                List<Change> changes = new ArrayList<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    byte kind = random.nextBoolean() ? RowKind.INSERT : RowKind.DELETE;
                    List<Object> numbers = list(random, step == 4 ? 9000 : 4, random.nextInt());
                    List<Object> texts = list(random, 4, "t" + random.nextInt(9));
                    changes.add(new Change(kind, Arrays.asList(i, numbers, texts), step));
                    int length = Math.max(size(numbers), size(texts));
                    for (int e = 0; e < length; e++) {
                        expected.add(RowKind.text(kind)
                                + Arrays.asList(i, element(numbers, e), element(texts, e), e + 1) + "@" + step);
                    }
                    if (length == 0 && outer) {
                        expected.add(RowKind.text(kind) + Arrays.asList(i, null, null, null) + "@" + step);
                    }
                }
                harness.feed(batch(input, changes));
            }
            assertEquals(
                    expected, harness.rows.stream().map(Harness.Row::toString).toList(), "seed " + seed);
        }
    }

    private static List<Object> list(Random random, int most, Object value) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(random.nextInt(4) == 0 ? null : value);
        }
        return list;
    }

    private static int size(List<Object> list) {
        return list == null ? 0 : list.size();
    }

    private static Object element(List<Object> list, int index) {
        return index < size(list) ? list.get(index) : null;
    }
}
