package io.laminar.execution.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Joins of random changelogs against nested loops over the rows that are left, with stops and restores on the way. */
class JoinOperatorTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("k", Scalar.BIGINT),
            new Field("t", Scalar.TEXT),
            new Field("v", Scalar.INT),
            new Field("d", Scalar.DOUBLE));
    private static final ExpressionCompiler COMPILER = ExpressionCompiler.builtin();

    private record Row(byte kind, long time, List<Object> values) {}

    private static Row row(Random random, int keys, long time) {
        List<Object> values = Arrays.asList(
                random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(keys),
                random.nextInt(8) == 0 ? null : "t" + random.nextInt(2),
                random.nextInt(9) == 0 ? null : (Object) random.nextInt(4),
                random.nextInt(3) / 2.0);
        return new Row(RowKind.INSERT, time, values);
    }

    private static Batch batch(List<Row> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, rows.size());
        for (Row row : rows) {
            for (int c = 0; c < SCHEMA.size(); c++) {
                Values.append(SCHEMA.type(c), builder.column(c), row.values().get(c));
            }
            builder.endRow(row.time(), row.kind());
        }
        return builder.build();
    }

    /** left.v < right.v */
    private static final Expression LESS = new Expression.Call(
            Operation.LESS,
            List.of(new Expression.Input(2, Scalar.INT, true), new Expression.Input(6, Scalar.INT, true)),
            Scalar.BOOLEAN,
            true);

    private static boolean less(List<Object> left, List<Object> right) {
        return left.get(2) != null && right.get(2) != null && (Integer) left.get(2) < (Integer) right.get(2);
    }

    private static JoinNode node(
            JoinType type,
            List<JoinKey> keys,
            Expression condition,
            List<ChangelogMode> inputs,
            long interval,
            long ttl,
            long limit) {
        List<Integer> outputs = type.pairs() ? List.of(0, 2, 3, 4, 1, 6) : List.of(2, 0, 3);
        List<Field> pair = new ArrayList<>(SCHEMA.fields());
        pair.addAll(SCHEMA.fields());
        JoinParts parts = new JoinParts(
                new InputStub(SCHEMA, inputs.get(0)),
                new InputStub(SCHEMA, inputs.get(1)),
                type,
                keys,
                condition,
                outputs,
                new Schema(pair).select(outputs));
        return new JoinNode(parts, new Emit.Changes(interval), ttl, ttl, limit);
    }

    /** The same over inputs that promise to have one row per {@code k}, or per {@code k} and {@code t}. */
    private static JoinNode promised(JoinNode node, List<Integer> left, List<Integer> right) {
        List<PlanNode> inputs = List.of(new NormalizeNode(node.left(), left), new NormalizeNode(node.right(), right));
        return (JoinNode) node.withInputs(inputs);
    }

    private static JoinHarness harness(JoinNode node, int parallelism) {
        return new JoinHarness(
                () -> new JoinOperator(node, COMPILER), node.distributions(), node.schema(), parallelism);
    }

    // Oracle --------------------------------------------------------------------------------------------------------

    private static boolean matches(JoinNode node, List<Object> left, List<Object> right) {
        for (JoinKey key : node.keys()) {
            Object l = left.get(key.left());
            Object r = right.get(key.right());
            if (!Objects.equals(l, r) || (l == null && !key.nullSafe())) {
                return false;
            }
        }
        return node.condition() == null || less(left, right);
    }

    private static Map<String, Integer> expected(JoinNode node, List<Row> left, List<Row> right) {
        Map<String, Integer> expected = new TreeMap<>();
        int[] leftMatches = new int[left.size()];
        int[] rightMatches = new int[right.size()];
        for (int l = 0; l < left.size(); l++) {
            for (int r = 0; r < right.size(); r++) {
                List<Object> ours = left.get(l).values();
                List<Object> theirs = right.get(r).values();
                if (matches(node, ours, theirs)) {
                    leftMatches[l]++;
                    rightMatches[r]++;
                    if (node.type().pairs()) {
                        add(expected, node, ours, theirs);
                    }
                }
            }
        }
        List<Object> nothing = Arrays.asList(new Object[SCHEMA.size()]);
        for (int l = 0; l < left.size(); l++) {
            boolean leaves = leftMatches[l] == 0 ? node.type().keepsLeft() : node.type() == JoinType.SEMI;
            if (leaves) {
                add(expected, node, left.get(l).values(), nothing);
            }
        }
        for (int r = 0; r < right.size(); r++) {
            if (rightMatches[r] == 0 && node.type().keepsRight()) {
                add(expected, node, nothing, right.get(r).values());
            }
        }
        return expected;
    }

    private static void add(Map<String, Integer> rows, JoinNode node, List<Object> left, List<Object> right) {
        List<Object> pair = new ArrayList<>(left);
        pair.addAll(right);
        List<Object> row = node.parts().outputs().stream().map(pair::get).toList().stream()
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        rows.merge(row.toString(), 1, Integer::sum);
    }

    // Random changelogs ---------------------------------------------------------------------------------------------

    @Test
    void agreesWithNestedLoops() {
        for (int seed = 0; seed < 1500; seed++) {
            check(seed);
        }
    }

    private static List<JoinKey> keys(Random random) {
        boolean safe = random.nextInt(3) == 0;
        return switch (random.nextInt(6)) {
            case 0 -> List.of();
            case 1 -> List.of(new JoinKey(1, 1, safe));
            case 2 -> List.of(new JoinKey(0, 0, safe), new JoinKey(1, 1, random.nextBoolean()));
            case 3 -> List.of(new JoinKey(3, 3, false), new JoinKey(0, 0, safe));
            default -> List.of(new JoinKey(0, 0, safe));
        };
    }

    private static void check(int seed) {
        Random random = new Random(seed);
        JoinType type = JoinType.values()[random.nextInt(JoinType.values().length)];
        List<ChangelogMode> modes = List.of(
                random.nextBoolean() ? ChangelogMode.APPEND : ChangelogMode.RETRACT,
                random.nextBoolean() ? ChangelogMode.APPEND : ChangelogMode.RETRACT);
        long interval = random.nextInt(3) == 0 ? 1000 : 0;
        Expression condition = random.nextBoolean() ? null : LESS;
        JoinNode node = node(type, keys(random), condition, modes, interval, 0, Long.MAX_VALUE);
        if (seed % 3 == 0) {
            // Promises that the rows do not keep cost updates, not rows.
            node = promised(node, seed % 2 == 0 ? List.of(0) : List.of(0, 1), List.of(0));
        }
        JoinHarness harness = harness(node, 1 + random.nextInt(2));
        List<List<Row>> all = List.of(new ArrayList<>(), new ArrayList<>());
        int batchSize = random.nextBoolean() ? 1 : 40;
        int keys = 1 + random.nextInt(6);
        String message = "seed " + seed + " " + node;
        for (int step = 0; step < 14; step++) {
            int input = random.nextInt(2);
            List<Row> batch = changes(random, all.get(input), modes.get(input), batchSize, keys, step);
            harness.feed(input, batch(batch));
            if (random.nextInt(3) == 0) {
                harness.clock(step * 700L);
            }
            if (random.nextInt(5) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
            if (interval == 0) {
                assertEquals(expected(node, all.get(0), all.get(1)), harness.result, message);
            }
        }
        harness.finish();
        assertEquals(expected(node, all.get(0), all.get(1)), harness.result, message);
        assertEquals(Map.of(), harness.counters, message);
    }

    private static List<Row> changes(
            Random random, List<Row> all, ChangelogMode mode, int batchSize, int keys, int step) {
        List<Row> batch = new ArrayList<>();
        int count = 1 + random.nextInt(batchSize);
        for (int i = 0; i < count; i++) {
            boolean retracts = mode == ChangelogMode.RETRACT;
            if (retracts && !all.isEmpty() && random.nextInt(5) < 2) {
                Row gone = all.remove(random.nextInt(all.size()));
                byte kind = random.nextBoolean() ? RowKind.DELETE : RowKind.UPDATE_BEFORE;
                batch.add(new Row(kind, gone.time(), gone.values()));
            } else {
                Row row = row(random, keys, step * 10L + random.nextInt(10));
                byte kind = retracts && random.nextInt(3) == 0 ? RowKind.UPDATE_AFTER : RowKind.INSERT;
                batch.add(new Row(kind, row.time(), row.values()));
                all.add(row);
            }
        }
        return batch;
    }

    // Updates -------------------------------------------------------------------------------------------------------

    private static JoinNode updating(JoinType type) {
        return promised(node(type, BY_K, null, RETRACTS, 0, 0, Long.MAX_VALUE), List.of(0), List.of(0));
    }

    @Test
    void aRowThatIsReplacedByOneWithItsKeyIsUpdated() {
        JoinHarness harness = harness(updating(JoinType.INNER), 1);
        harness.feed(0, batch(List.of(plain(1, 10, 5, RowKind.INSERT), plain(2, 20, 5, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 1, 3, RowKind.INSERT), plain(2, 2, 3, RowKind.INSERT))));
        harness.changes.clear();
        harness.feed(
                0,
                batch(List.of(
                        plain(1, 10, 5, RowKind.UPDATE_BEFORE),
                        plain(1, 11, 6, RowKind.UPDATE_AFTER),
                        plain(2, 20, 5, RowKind.DELETE))));
        assertEquals(
                List.of("-D[2, 20, 0.5, 2, t, 2]@5", "-U[1, 10, 0.5, 1, t, 1]@5", "+U[1, 11, 0.5, 1, t, 1]@6"),
                harness.changes);
    }

    @Test
    void aRowThatFindsOrLosesItsPartnerIsUpdated() {
        JoinHarness harness = harness(updating(JoinType.LEFT), 1);
        harness.feed(0, batch(List.of(plain(1, 10, 5, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 1, 3, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 1, 3, RowKind.DELETE))));
        assertEquals(
                List.of(
                        "+I[1, 10, 0.5, null, t, null]@5",
                        "-U[1, 10, 0.5, null, t, null]@5",
                        "+U[1, 10, 0.5, 1, t, 1]@5",
                        "-U[1, 10, 0.5, 1, t, 1]@5",
                        "+U[1, 10, 0.5, null, t, null]@5"),
                harness.changes);
    }

    @Test
    void aConditionThatStillHoldsChangesNothing() {
        JoinNode node =
                promised(node(JoinType.SEMI, BY_K, LESS, RETRACTS, 0, 0, Long.MAX_VALUE), List.of(0), List.of(0));
        JoinHarness harness = harness(node, 1);
        harness.feed(0, batch(List.of(plain(1, 1, 5, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 7, 3, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 7, 3, RowKind.UPDATE_BEFORE), plain(1, 8, 3, RowKind.UPDATE_AFTER))));
        assertEquals(List.of("+I[1, 1, 0.5]@5"), harness.changes);
    }

    // Single properties ---------------------------------------------------------------------------------------------

    private static final List<ChangelogMode> APPENDS = List.of(ChangelogMode.APPEND, ChangelogMode.APPEND);
    private static final List<ChangelogMode> RETRACTS = List.of(ChangelogMode.RETRACT, ChangelogMode.RETRACT);
    private static final List<JoinKey> BY_K = List.of(new JoinKey(0, 0, false));

    private static Row plain(long k, int v, long time, byte kind) {
        return new Row(kind, time, Arrays.asList(k, "t", v, 0.5));
    }

    @Test
    void theFirstMatchTakesTheLoneRowBackFirst() {
        JoinHarness harness = harness(node(JoinType.LEFT, BY_K, null, APPENDS, 0, 0, 0), 1);
        harness.feed(0, batch(List.of(plain(1, 7, 10, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 8, 5, RowKind.INSERT), plain(1, 9, 20, RowKind.INSERT))));
        assertEquals(
                List.of(
                        "+I[1, 7, 0.5, null, t, null]@10",
                        "-D[1, 7, 0.5, null, t, null]@10",
                        "+I[1, 7, 0.5, 1, t, 8]@10",
                        "+I[1, 7, 0.5, 1, t, 9]@20"),
                harness.changes);
    }

    @Test
    void whatComesAndGoesWithinTheIntervalIsNotSeen() {
        JoinHarness harness = harness(node(JoinType.FULL, BY_K, null, RETRACTS, 1000, 0, 0), 1);
        harness.feed(0, batch(List.of(plain(1, 7, 10, RowKind.INSERT), plain(2, 7, 10, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 8, 5, RowKind.INSERT))));
        harness.feed(0, batch(List.of(plain(2, 7, 10, RowKind.DELETE))));
        harness.restart(2);
        assertEquals(List.of(), harness.changes);
        harness.clock(1000);
        assertEquals(List.of("+I[1, 7, 0.5, 1, t, 8]@10"), harness.changes);
    }

    @Test
    void aWatermarkDoesNotOvertakeRowsThatWait() {
        JoinHarness harness = harness(node(JoinType.LEFT, BY_K, null, APPENDS, 1000, 0, 0), 1);
        harness.feed(0, batch(List.of(plain(1, 7, 10, RowKind.INSERT))));
        harness.watermark(9);
        assertEquals(0, harness.changes.size());
        harness.watermark(10);
        assertEquals(1, harness.changes.size());
    }

    @Test
    void rowsAreForgottenAndTheirResultsStay() {
        JoinHarness harness = harness(node(JoinType.LEFT, BY_K, null, RETRACTS, 0, 10_000_000, 0), 1);
        harness.feed(0, batch(List.of(plain(1, 7, 10, RowKind.INSERT))));
        harness.feed(1, batch(List.of(plain(1, 8, 5, RowKind.INSERT))));
        harness.clock(9_000_000);
        harness.feed(0, batch(List.of(plain(1, 6, 10, RowKind.INSERT))));
        harness.clock(13_000_000);
        harness.feed(1, batch(List.of(plain(1, 8, 5, RowKind.DELETE))));
        assertEquals(Map.of(JoinOperator.UNKNOWN_ROWS, 1L), harness.counters);
        harness.feed(1, batch(List.of(plain(1, 9, 5, RowKind.INSERT))));
        assertEquals(
                Map.of("[1, 7, 0.5, 1, t, 8]", 1, "[1, 6, 0.5, 1, t, 8]", 1, "[1, 6, 0.5, 1, t, 9]", 1),
                harness.result);
    }

    @Test
    void aHotKeyNeedsNoMoreMemoryThanItsRows() {
        JoinHarness harness = harness(node(JoinType.LEFT, BY_K, LESS, APPENDS, 0, 0, 0), 1);
        List<Row> many = IntStream.range(0, 100_000)
                .mapToObj(i -> plain(1, i, i, RowKind.INSERT))
                .toList();
        harness.feed(1, batch(many));
        harness.feed(0, batch(List.of(plain(1, 99_000, 0, RowKind.INSERT), plain(1, 99_998, 0, RowKind.INSERT))));
        assertEquals(1000, harness.changes.size());
    }

    @Test
    void aBroadcastSideHasALimit() {
        JoinHarness harness = harness(node(JoinType.INNER, List.of(), null, APPENDS, 0, 0, 2), 1);
        harness.feed(1, batch(List.of(plain(1, 8, 5, RowKind.INSERT), plain(2, 8, 5, RowKind.INSERT))));
        Batch oneMore = batch(List.of(plain(3, 8, 5, RowKind.INSERT)));
        LaminarException error = assertThrows(LaminarException.class, () -> harness.feed(1, oneMore));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
        assertTrue(error.describe().contains("broadcast_join_limit"), error.describe());
    }
}
