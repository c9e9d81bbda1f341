package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.Operators;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.MatchNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MatchOperatorTest {
    private static final int ROUNDS = Integer.getInteger("laminar.match.rounds", 2000);
    private static final Operators OPERATORS = Operators.builtin();

    /** Rows come out of order and in pieces, the job is stopped and goes on elsewhere; matches are those of backtracking. */
    @Test
    void agreesWithBacktracking() {
        int withMatches = 0;
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            int found = check(seed);
            withMatches += found > 0 ? 1 : 0;
            refused += found < 0 ? 1 : 0;
        }
        assertTrue(withMatches > ROUNDS / 3, withMatches + " of " + ROUNDS + " had matches, " + refused + " refused");
    }

    /** Rows of many partitions stay for the sake of PREV, and little by little those around them go. */
    @Test
    void agreesWithBacktrackingOverManyPartitions() {
        int withMatches = 0;
        for (int seed = 0; seed < 60; seed++) {
            withMatches += check(new Random(-1 - seed), "seed " + seed, 150, 1200, 60) > 0 ? 1 : 0;
        }
        assertTrue(withMatches > 20, withMatches + " had matches");
    }

    private record Fed(long key, MatchOracle.Row row) {}

    /** @return number of rows given out; -1 if there are too many ways, or a skip fails */
    private static int check(int seed) {
        Random random = new Random(seed);
        return check(random, "seed " + seed, 1 + random.nextInt(3), 6 + random.nextInt(24), 4);
    }

    /** @param restarts one in so many steps stops the job */
    private static int check(Random random, String seed, int keys, int size, int restarts) {
        RandomMatches matches = new RandomMatches(random);
        MatchNode node = matches.node();
        Map<Long, List<MatchOracle.Row>> partitions = new TreeMap<>();
        List<Fed> feed = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < size; i++) {
            // Times differ, so that there is one order.
            time += 1 + random.nextInt(3);
            Long value = random.nextInt(12) == 0 ? null : (long) random.nextInt(6);
            Fed row = new Fed(random.nextInt(keys), new MatchOracle.Row(time, value));
            feed.add(row);
            partitions.computeIfAbsent(row.key(), k -> new ArrayList<>()).add(row.row());
        }
        String message = seed + " " + node;
        Map<String, Integer> expected = new TreeMap<>();
        int rows = 0;
        boolean fails = false;
        try {
            for (Map.Entry<Long, List<MatchOracle.Row>> partition : partitions.entrySet()) {
                List<MatchOracle.Found> found =
                        new MatchOracle(node, matches.conditions, partition.getValue()).search();
                for (List<Object> row : RandomMatches.output(node, partition.getKey(), partition.getValue(), found)) {
                    expected.merge(row.toString(), 1, Integer::sum);
                    rows++;
                }
            }
        } catch (MatchOracle.Impossible e) {
            if (!e.skip) {
                return -1;
            }
            fails = true;
        }
        try {
            Harness harness = run(node, feed, random, restarts);
            assertEquals(lines(expected), lines(harness.folded()), message);
            assertEquals(0, harness.lateRows, message);
        } catch (LaminarException e) {
            assertTrue(fails, message + " " + e.describe());
            assertEquals(ErrorCode.INVALID_PATTERN, e.code(), message);
            return -1;
        }
        assertTrue(!fails, message + " should fail");
        return rows;
    }

    private static String lines(Map<String, Integer> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(
                (row, count) -> lines.append(count).append(" x ").append(row).append('\n'));
        return lines.toString();
    }

    private static Harness run(MatchNode node, List<Fed> feed, Random random, int restarts) {
        Harness harness = new Harness(
                () -> OPERATORS.create(node),
                new Distribution.Keyed(node.partition()),
                node.schema(),
                1 + random.nextInt(2));
        boolean single = random.nextBoolean();
        long watermark = Long.MIN_VALUE;
        List<Fed> open = new ArrayList<>(feed);
        while (!open.isEmpty()) {
            // Whatever is a little ahead may come first.
            List<Fed> batch = new ArrayList<>();
            for (int i = single ? 1 : 1 + random.nextInt(12); i > 0 && !open.isEmpty(); i--) {
                batch.add(open.remove(random.nextInt(Math.min(5, open.size()))));
            }
            harness.feed(batch(batch));
            long least = open.stream().mapToLong(f -> f.row().time()).min().orElse(feed.size() * 10L);
            if (random.nextInt(3) > 0 && least - 1 > watermark) {
                int before = harness.rows.size();
                harness.watermark(least - 1);
                timely(harness, before, watermark, least - 1);
                watermark = least - 1;
            }
            if (random.nextInt(restarts) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
        int before = harness.rows.size();
        harness.finish();
        timely(harness, before, watermark, Long.MAX_VALUE);
        return harness;
    }

    /** No row leaves behind the watermark that went out before it. */
    private static void timely(Harness harness, int from, long before, long now) {
        for (Harness.Row row : harness.rows.subList(from, harness.rows.size())) {
            assertTrue(row.rowtime() > before && row.rowtime() <= now, row + " after " + before + ", with " + now);
        }
    }

    private static Batch batch(List<Fed> rows) {
        BatchBuilder builder = new BatchBuilder(RandomMatches.INPUT, rows.size());
        for (Fed fed : rows) {
            ((LongBuilder) builder.column(0)).append(fed.key());
            Long value = fed.row().value();
            if (value == null) {
                builder.column(1).appendNull();
            } else {
                ((LongBuilder) builder.column(1)).append(value);
            }
            builder.endRow(fed.row().time());
        }
        return builder.build();
    }
}
