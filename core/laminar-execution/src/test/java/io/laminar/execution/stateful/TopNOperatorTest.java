package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.StatefulOperators;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.TopNNode;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Top-N of all rows so far against sorting, over rows that only come and over changelogs, with restarts on the way. */
class TopNOperatorTest {

    @Test
    void agreesWithSorting() {
        for (int seed = 0; seed < 1500; seed++) {
            new Check(seed).run();
        }
    }

    @Test
    void agreesWithSortingInLargePartitions() {
        for (int seed = 0; seed < 12; seed++) {
            new Check(seed + 1_000_000).withRowsPerStep(1500).run();
        }
    }

    /** One run: random node, random rows, the result after every step compared with sorting all rows. */
    private static final class Check {
        private final int seed;
        private final Random random;
        private final RandomRows rows;
        private final boolean retracts;
        private final TopNNode node;
        private final List<RandomRows.Row> all = new ArrayList<>();
        private final Map<String, Integer> result = new HashMap<>();
        private int rowsPerStep;

        Check(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.rows = new RandomRows(random, 1 + random.nextInt(8));
            this.retracts = random.nextBoolean();
            this.rowsPerStep = random.nextBoolean() ? 1 : 40;
            this.node = node();
        }

        Check withRowsPerStep(int count) {
            rowsPerStep = count;
            return this;
        }

        private TopNNode node() {
            RankFunction function = RankFunction.values()[random.nextInt(3)];
            long first = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
            long last = first + random.nextInt(4);
            boolean withRank = random.nextBoolean();
            List<Field> fields = new ArrayList<>(RandomRows.SCHEMA.fields());
            if (withRank) {
                fields.add(new Field("rank", Scalar.BIGINT, false));
            }
            Emit emit = random.nextInt(5) == 0 ? new Emit.Final() : new Emit.Changes(random.nextInt(2) * 1000L);
            return new TopNNode(
                    new InputStub(RandomRows.SCHEMA, retracts ? ChangelogMode.RETRACT : ChangelogMode.APPEND),
                    rows.keyColumns(),
                    order(random),
                    function,
                    first,
                    last,
                    withRank,
                    emit,
                    0,
                    new Schema(fields));
        }

        /** Over changelogs it is not defined which of two equal rows is meant, so ties are left to other columns. */
        private List<SortKey> order(Random any) {
            List<SortKey> order = new ArrayList<>(SortOperatorsTest.order(any));
            if (retracts && any.nextInt(3) > 0) {
                order.add(new SortKey(RandomRows.LONG, any.nextBoolean(), any.nextBoolean()));
            }
            return order;
        }

        void run() {
            Harness harness = new Harness(
                    () -> StatefulOperators.of(node), new Distribution.Keyed(node.partition()), node.schema(), 1);
            int seen = 0;
            for (int step = 0; step < 12; step++) {
                harness.feed(RandomRows.batch(batch(step)));
                boolean flushed = random.nextInt(3) == 0;
                if (flushed) {
                    harness.clock((step + 1) * 1000L);
                }
                seen = fold(harness, seen);
                if (node.emit() instanceof Emit.Changes changes && (flushed || changes.interval() == 0)) {
                    assertEquals(expected(), new TreeMap<>(result), this + " step " + step);
                }
                if (random.nextInt(4) == 0) {
                    harness.restart(node.partition().isEmpty() ? 1 : 1 + random.nextInt(3));
                }
            }
            harness.finish();
            fold(harness, seen);
            assertEquals(expected(), new TreeMap<>(result), toString());
        }

        private List<RandomRows.Row> batch(int step) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(rowsPerStep);
            for (int i = 0; i < count; i++) {
                if (retracts && !all.isEmpty() && random.nextInt(5) < 2) {
                    // The latest of equal rows goes, so that ties stay in order.
                    RandomRows.Row gone = all.get(random.nextInt(all.size()));
                    int index = all.size() - 1;
                    while (!all.get(index).values().equals(gone.values())) {
                        index--;
                    }
                    all.remove(index);
                    batch.add(gone.withKind(random.nextBoolean() ? RowKind.DELETE : RowKind.UPDATE_BEFORE));
                } else {
                    RandomRows.Row row = rows.row(step * 10 + random.nextInt(10));
                    batch.add(retracts && random.nextInt(3) == 0 ? row.withKind(RowKind.UPDATE_AFTER) : row);
                    all.add(row);
                }
            }
            return batch;
        }

        /** Applies what has come out since; an update that changes nothing, or takes back what is not there, fails. */
        private int fold(Harness harness, int from) {
            for (int i = from; i < harness.rows.size(); i++) {
                Harness.Row row = harness.rows.get(i);
                String text = row.values().toString();
                int delta = RowKind.isRetraction(row.kind()) ? -1 : 1;
                if (row.kind() == RowKind.UPDATE_AFTER) {
                    Harness.Row before = harness.rows.get(i - 1);
                    assertEquals(RowKind.UPDATE_BEFORE, before.kind(), this + ": " + row);
                    assertEquals(false, before.values().equals(row.values()), this + ": redundant " + row);
                }
                int count = result.merge(text, delta, Integer::sum);
                assertEquals(true, count >= 0, this + ": taken back without being there: " + row);
                if (count == 0) {
                    result.remove(text);
                }
            }
            return harness.rows.size();
        }

        private TreeMap<String, Integer> expected() {
            TreeMap<String, Integer> expected = new TreeMap<>();
            Comparator<RandomRows.Row> comparator = SortOperatorsTest.comparator(node.order());
            Oracle.group(all, node.partition()).values().forEach(group -> {
                List<RandomRows.Row> sorted = new ArrayList<>(group);
                sorted.sort(comparator);
                long rank = 0;
                for (int i = 0; i < sorted.size(); i++) {
                    boolean tie = i > 0 && comparator.compare(sorted.get(i - 1), sorted.get(i)) == 0;
                    rank = switch (node.function()) {
                        case ROW_NUMBER -> i + 1;
                        case RANK -> tie ? rank : i + 1;
                        case DENSE_RANK -> tie ? rank : rank + 1;
                    };
                    if (rank >= node.first() && rank <= node.last()) {
                        List<Object> row = new ArrayList<>();
                        sorted.get(i).values().forEach(value -> row.add(Harness.normal(value)));
                        if (node.withRank()) {
                            row.add(rank);
                        }
                        expected.merge(row.toString(), 1, Integer::sum);
                    }
                }
            });
            return expected;
        }

        @Override
        public String toString() {
            return "seed " + seed + " " + node;
        }
    }
}
