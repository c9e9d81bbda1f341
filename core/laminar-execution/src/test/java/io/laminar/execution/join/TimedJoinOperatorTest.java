package io.laminar.execution.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.AsofMatch;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.TemporalJoinNode;
import io.laminar.plan.node.WindowJoinNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.RowKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Joins bounded by time over random rows and watermarks against {@link TimedJoinOracle}, with stops and restores. */
class TimedJoinOperatorTest {
    private static final int SEEDS = 400;

    @Test
    void windowsAgreeWithTheOracle() {
        WindowSpec.Attached window = new WindowSpec.Attached(TimedRows.START, TimedRows.END);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            JoinParts parts = new TimedRows(random).parts(type(random), true);
            WindowJoinNode node = new WindowJoinNode(parts, window, window);
            check(seed, random, parts, () -> new WindowJoinOperator(node), new TimedJoinOracle.Windows(parts), false);
        }
    }

    @Test
    void intervalsAgreeWithTheOracle() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            JoinParts parts = new TimedRows(random).parts(type(random), true);
            long lower = random.nextInt(60) - 40;
            long upper = lower + random.nextInt(50);
            // Some spans are much longer than a segment of state.
            long factor = random.nextInt(4) == 0 ? 20_000 : 1;
            IntervalJoinNode node = new IntervalJoinNode(parts, lower * factor, upper * factor);
            check(
                    seed,
                    random,
                    parts,
                    () -> new IntervalJoinOperator(node),
                    new TimedJoinOracle.Intervals(parts, lower * factor, upper * factor),
                    false,
                    factor);
        }
    }

    @Test
    void versionsAgreeWithTheOracle() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            JoinParts parts = new TimedRows(random).parts(innerOrLeft(random), true);
            TemporalJoinNode node = new TemporalJoinNode(parts);
            check(
                    seed,
                    random,
                    parts,
                    () -> new TemporalJoinOperator(node),
                    new TimedJoinOracle.Earlier(parts, true),
                    true);
        }
    }

    @Test
    void closestRowsAgreeWithTheOracle() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            JoinParts parts = new TimedRows(random).parts(innerOrLeft(random), false);
            AsofMatch match = AsofMatch.values()[random.nextInt(4)];
            AsofJoinNode node = new AsofJoinNode(parts, match, 0);
            TimedJoinOracle oracle = match.earlier()
                    ? new TimedJoinOracle.Earlier(parts, match.orEqual())
                    : new TimedJoinOracle.Later(parts, match.orEqual());
            check(seed, random, parts, () -> new AsofJoinOperator(node), oracle, false);
        }
    }

    /** Which match of a semi join is found first depends on the order of arrival, and with it the time of the row. */
    private static String lines(List<String> rows, JoinType type) {
        return rows.stream()
                .map(row -> type == JoinType.SEMI ? row.substring(0, row.indexOf('@')) : row)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static JoinType type(Random random) {
        return JoinType.values()[random.nextInt(JoinType.values().length)];
    }

    private static JoinType innerOrLeft(Random random) {
        return random.nextBoolean() ? JoinType.INNER : JoinType.LEFT;
    }

    private static void check(
            int seed,
            Random random,
            JoinParts parts,
            Supplier<Operator> operator,
            TimedJoinOracle oracle,
            boolean changes) {
        check(seed, random, parts, operator, oracle, changes, 1);
    }

    private static void check(
            int seed,
            Random random,
            JoinParts parts,
            Supplier<Operator> operator,
            TimedJoinOracle oracle,
            boolean changes,
            long factor) {
        TimedRows rows = new TimedRows(random);
        TimedJoinHarness harness = new TimedJoinHarness(operator, parts, 1 + random.nextInt(3));
        boolean ties = oracle instanceof TimedJoinOracle.Later;
        int batchSize = random.nextBoolean() ? 1 : 40;
        long clock = random.nextInt(200) - 100;
        long watermark = Long.MIN_VALUE;
        for (int step = 0; step < 30; step++) {
            int input = random.nextInt(2);
            List<TimedRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(batchSize);
            for (int i = 0; i < count; i++) {
                byte kind = changes && input == 1 && random.nextInt(3) == 0
                        ? (random.nextBoolean() ? RowKind.UPDATE_BEFORE : RowKind.DELETE)
                        : RowKind.INSERT;
                batch.add(rows.row(kind, (clock + random.nextInt(40) - 20) * factor, ties));
            }
            harness.feed(input, TimedRows.batch(batch));
            batch.forEach(row -> oracle.add(input, row));
            clock += random.nextInt(12);
            if (random.nextInt(3) == 0) {
                watermark = Math.max(watermark, (clock - random.nextInt(30)) * factor);
                harness.watermark(watermark);
                oracle.watermark(watermark);
            }
            if (random.nextInt(6) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
        harness.finish();
        oracle.watermark(Long.MAX_VALUE);
        String message = "seed " + seed + " " + parts.type() + " " + parts.keys() + " " + parts.condition();
        assertEquals(lines(oracle.results(), parts.type()), lines(harness.rows, parts.type()), message);
        if (!changes && !(oracle instanceof TimedJoinOracle.Earlier)) {
            assertEquals(oracle.late(), harness.late(), message);
        }
    }
}
