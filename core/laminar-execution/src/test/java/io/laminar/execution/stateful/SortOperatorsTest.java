package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.execution.StatefulOperators;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Top-N, sorting and final rows. */
class SortOperatorsTest {
    private static final InputStub APPEND = new InputStub(RandomRows.SCHEMA, ChangelogMode.APPEND);

    static Comparator<RandomRows.Row> comparator(List<SortKey> order) {
        Comparator<RandomRows.Row> all = (a, b) -> 0;
        for (SortKey key : order) {
            Comparator<Object> values = Oracle.comparator(key);
            all = all.thenComparing(row -> row.values().get(key.column()), values);
        }
        return all;
    }

    static List<SortKey> order(Random random) {
        int[] columns = {
            RandomRows.LONG,
            RandomRows.INT,
            RandomRows.DOUBLE,
            RandomRows.TEXT,
            RandomRows.DEC,
            RandomRows.BIG,
            RandomRows.BOOL
        };
        List<SortKey> order = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            order.add(new SortKey(columns[random.nextInt(columns.length)], random.nextBoolean(), random.nextBoolean()));
        }
        return order;
    }

    @Test
    void topNAgreesWithSorting() {
        for (int seed = 0; seed < 250; seed++) {
            checkTopN(seed);
        }
    }

    private static void checkTopN(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(8));
        List<Integer> partition = rows.keyColumns();
        List<SortKey> order = order(random);
        RankFunction function = RankFunction.values()[random.nextInt(3)];
        long first = random.nextInt(4) == 0 ? 2 : 1;
        long last = random.nextInt(5) == 0 ? Long.MAX_VALUE : first + random.nextInt(4);
        boolean withRank = random.nextBoolean();
        List<Field> fields = new ArrayList<>(RandomRows.SCHEMA.fields());
        if (withRank) {
            fields.add(new Field("rank", Scalar.BIGINT, false));
        }
        WindowTopNNode node = new WindowTopNNode(
                APPEND,
                new WindowSpec.Attached(RandomRows.WINDOW_START, RandomRows.WINDOW_END),
                partition,
                order,
                function,
                first,
                last,
                withRank,
                new Schema(fields));
        Harness harness =
                new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(partition), node.schema(), 1);
        Map<List<Object>, List<RandomRows.Row>> groups = new TreeMap<>(Comparator.comparing(Object::toString));
        long watermark = Long.MIN_VALUE;
        long late = 0;
        long clock = 0;
        for (int step = 0; step < 8; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(random.nextBoolean() ? 1 : 60);
            for (int i = 0; i < count; i++) {
                RandomRows.Row row = rows.row(clock + random.nextInt(40) - 20);
                batch.add(row);
                if ((long) row.values().get(RandomRows.WINDOW_END) - 1 <= watermark) {
                    late++;
                    continue;
                }
                List<Object> key = new ArrayList<>();
                key.add(row.values().get(RandomRows.WINDOW_END));
                key.add(row.values().get(RandomRows.WINDOW_START));
                partition.forEach(k -> key.add(row.values().get(k)));
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
            harness.feed(RandomRows.batch(batch));
            clock += random.nextInt(20);
            if (random.nextInt(3) == 0) {
                watermark = Math.max(watermark, clock - 15);
                harness.watermark(watermark);
            }
            if (random.nextInt(4) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
        harness.finish();
        Map<String, Integer> expected = new TreeMap<>();
        groups.values()
                .forEach(group -> ranked(group, comparator(order), function).forEach((row, rank) -> {
                    if (rank >= first && rank <= last) {
                        List<Object> values = new ArrayList<>();
                        group.get(row).values().forEach(value -> values.add(Harness.normal(value)));
                        if (withRank) {
                            values.add(rank);
                        }
                        expected.merge(values.toString(), 1, Integer::sum);
                    }
                }));
        String message = "seed " + seed + " " + function + " " + first + ".." + last + " " + order;
        assertEquals(
                String.join("\n", WindowAggregateOperatorTest.lines(expected)),
                String.join("\n", WindowAggregateOperatorTest.lines(harness.folded())),
                message);
        assertEquals(late, harness.lateRows, message);
    }

    /** Position in the group to rank. */
    private static Map<Integer, Long> ranked(
            List<RandomRows.Row> group, Comparator<RandomRows.Row> order, RankFunction function) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            positions.add(i);
        }
        positions.sort(Comparator.comparing(group::get, order));
        Map<Integer, Long> ranks = new TreeMap<>();
        long rank = 0;
        for (int i = 0; i < positions.size(); i++) {
            boolean tie = i > 0 && order.compare(group.get(positions.get(i - 1)), group.get(positions.get(i))) == 0;
            rank = switch (function) {
                case ROW_NUMBER -> i + 1;
                case RANK -> tie ? rank : i + 1;
                case DENSE_RANK -> tie ? rank : rank + 1;
            };
            ranks.put(positions.get(i), rank);
        }
        return ranks;
    }

    @Test
    void sortsAndLimits() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            RandomRows rows = new RandomRows(random, 5);
            List<SortKey> order = random.nextInt(5) == 0 ? List.of() : order(random);
            long offset = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
            long limit = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(40);
            SortLimitNode node = new SortLimitNode(APPEND, order, offset, limit);
            Harness harness =
                    new Harness(() -> StatefulOperators.of(node), new Distribution.Single(), node.schema(), 1);
            List<RandomRows.Row> all = new ArrayList<>();
            for (int step = 0; step < 6; step++) {
                List<RandomRows.Row> batch = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(30); i++) {
                    batch.add(rows.row(i));
                }
                all.addAll(batch);
                harness.feed(RandomRows.batch(batch));
                if (random.nextInt(4) == 0) {
                    harness.restart(1);
                }
            }
            harness.finish();
            List<List<Object>> expected = all.stream()
                    .sorted(comparator(order))
                    .skip(offset)
                    .limit(limit)
                    .map(row -> row.values().stream().map(Harness::normal).collect(Collectors.toList()))
                    .toList();
            assertEquals(
                    expected,
                    harness.rows.stream().map(Harness.Row::values).toList(),
                    "seed " + seed + " " + order + " " + offset + " " + limit);
        }
    }

    @Test
    void aSmallLimitHoldsFewRows() {
        SortLimitNode node = new SortLimitNode(APPEND, List.of(new SortKey(RandomRows.INT, true, false)), 1, 3);
        Harness harness = new Harness(() -> StatefulOperators.of(node), new Distribution.Single(), node.schema(), 1);
        RandomRows rows = new RandomRows(new Random(3), 5);
        List<RandomRows.Row> all = new ArrayList<>();
        for (int step = 0; step < 18; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            for (int i = 0; i < 4096; i++) {
                batch.add(rows.row(i));
            }
            all.addAll(batch);
            harness.feed(RandomRows.batch(batch));
        }
        harness.finish();
        assertEquals(
                all.stream()
                        .sorted(comparator(node.order()))
                        .skip(1)
                        .limit(3)
                        .map(row -> row.values().get(RandomRows.INT))
                        .toList(),
                harness.rows.stream().map(r -> r.values().get(RandomRows.INT)).toList());
    }

    @Test
    void finalRowsAreWhatIsLeft() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            RandomRows rows = new RandomRows(random, 2);
            FinalRowsNode node = new FinalRowsNode(new InputStub(RandomRows.SCHEMA, ChangelogMode.RETRACT));
            List<Integer> all = java.util.stream.IntStream.range(0, RandomRows.SCHEMA.size())
                    .boxed()
                    .toList();
            Harness harness =
                    new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(all), node.schema(), 1);
            List<RandomRows.Row> left = new ArrayList<>();
            for (int step = 0; step < 6; step++) {
                List<RandomRows.Row> batch = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(40); i++) {
                    if (!left.isEmpty() && random.nextInt(5) < 2) {
                        batch.add(left.remove(random.nextInt(left.size())).withKind(RowKind.DELETE));
                    } else {
                        RandomRows.Row row = left.isEmpty() || random.nextInt(3) > 0
                                ? rows.row(i)
                                : left.get(random.nextInt(left.size()));
                        batch.add(row);
                        left.add(row);
                    }
                }
                harness.feed(RandomRows.batch(batch));
                if (random.nextInt(3) == 0) {
                    harness.restart(1 + random.nextInt(3));
                }
            }
            harness.finish();
            Map<String, Integer> expected = new TreeMap<>();
            left.forEach(row -> expected.merge(
                    row.values().stream()
                            .map(Harness::normal)
                            .collect(Collectors.toList())
                            .toString(),
                    1,
                    Integer::sum));
            assertEquals(
                    String.join("\n", WindowAggregateOperatorTest.lines(expected)),
                    String.join("\n", WindowAggregateOperatorTest.lines(harness.folded())),
                    "seed " + seed);
        }
    }

    @Test
    void finalRowsRefuseToTakeBackWhatIsNotThere() {
        FinalRowsNode node = new FinalRowsNode(new InputStub(RandomRows.SCHEMA, ChangelogMode.RETRACT));
        Harness harness = new Harness(() -> StatefulOperators.of(node), new Distribution.Single(), node.schema(), 1);
        Batch batch =
                RandomRows.batch(List.of(new RandomRows(new Random(1), 3).row(0).withKind(RowKind.DELETE)));
        assertThrows(LaminarException.class, () -> harness.feed(batch));
    }
}
