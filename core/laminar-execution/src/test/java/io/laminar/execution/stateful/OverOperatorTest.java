package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.over.OverOperator;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverFunction;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Functions over random rows and watermarks against {@link OverOracle}, with stops and restores on the way. */
class OverOperatorTest {
    private static final List<String> AGGREGATES =
            List.of("count(*)", "count", "sum", "sum", "avg", "min", "max", "bool_and", "array_agg", "string_agg");

    private static final List<String> COUNTABLE = List.of("count", "sum", "avg", "min", "max");

    @Test
    void agreesWithTheOracleOverEventTime() {
        for (int seed = 0; seed < 600; seed++) {
            check(seed, new OverExtent.EventTime(), 60);
        }
    }

    @Test
    void agreesWithTheOracleOverWindows() {
        WindowSpec.Attached bounds = new WindowSpec.Attached(RandomRows.WINDOW_START, RandomRows.WINDOW_END);
        for (int seed = 0; seed < 300; seed++) {
            check(seed, new OverExtent.Window(bounds), 60);
        }
    }

    @Test
    void agreesWithTheOracleOverAllRows() {
        for (int seed = 0; seed < 300; seed++) {
            check(seed, new OverExtent.Whole(), 60);
        }
    }

    /** More rows at once than leave in one batch. */
    @Test
    void agreesWithTheOracleOverManyRows() {
        check(77, new OverExtent.EventTime(), 1500);
        check(78, new OverExtent.Whole(), 1500);
    }

    private static void check(int seed, OverExtent extent, int size) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(12));
        OverNode node = node(rows, random, extent);
        String scene =
                "seed " + seed + ": " + node.withInputs(List.of(new InputStub(Schema.of(), ChangelogMode.APPEND)));
        Harness harness =
                new Harness(() -> new OverOperator(node), new Distribution.Keyed(node.keys()), node.schema(), 1);
        List<RandomRows.Row> inTime = new ArrayList<>();
        long late = 0;
        long clock = random.nextInt(1000) - 500;
        long watermark = Long.MIN_VALUE;
        int batchSize = random.nextInt(3) == 0 ? 1 : size;
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(batchSize);
            for (int i = 0; i < count; i++) {
                RandomRows.Row row = rows.row(clock + random.nextInt(60) - 30);
                batch.add(row);
                if (isLate(row, extent, watermark)) {
                    late++;
                } else {
                    inTime.add(row);
                }
            }
            harness.feed(RandomRows.batch(batch));
            clock += random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(20);
            if (random.nextInt(2) == 0) {
                long next = Math.max(watermark, clock - random.nextInt(50));
                advance(harness, next, watermark, extent, scene);
                watermark = next;
            }
            if (random.nextInt(4) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
        advance(harness, Long.MAX_VALUE, watermark, extent, scene);
        if (extent instanceof OverExtent.Whole) {
            // What emits at its end does so behind its last watermark.
            RandomRows.Row last = rows.row(clock);
            inTime.add(last);
            harness.feed(RandomRows.batch(List.of(last)));
        }
        harness.finish();
        assertEquals(new OverOracle(node).results(inTime), harness.folded(), scene);
        assertEquals(late, harness.lateRows, scene);
        inOrder(harness, node, extent, scene);
    }

    private static boolean isLate(RandomRows.Row row, OverExtent extent, long watermark) {
        if (extent instanceof OverExtent.Window) {
            return (long) row.values().get(RandomRows.WINDOW_END) - 1 <= watermark;
        }
        return extent instanceof OverExtent.EventTime && row.time() <= watermark;
    }

    /** What leaves with a watermark is not late behind the one before. */
    private static void advance(Harness harness, long watermark, long before, OverExtent extent, String scene) {
        int from = harness.rows.size();
        harness.watermark(watermark);
        for (int i = from; i < harness.rows.size() && !(extent instanceof OverExtent.Whole); i++) {
            assertTrue(harness.rows.get(i).rowtime() > before, scene + ": late row " + harness.rows.get(i));
        }
    }

    /** Rows of a partition leave in the order of event time. */
    private static void inOrder(Harness harness, OverNode node, OverExtent extent, String scene) {
        Map<List<Object>, Long> latest = new HashMap<>();
        for (Harness.Row row : harness.rows) {
            List<Object> key = new ArrayList<>();
            node.keys().forEach(column -> key.add(row.values().get(column)));
            Long before = latest.put(key, row.rowtime());
            if (extent instanceof OverExtent.EventTime && before != null) {
                assertTrue(before <= row.rowtime(), scene + ": " + row + " behind " + before);
            }
        }
    }

    // Random nodes --------------------------------------------------------------------------------------------------

    private static OverNode node(RandomRows rows, Random random, OverExtent extent) {
        boolean byTime = extent instanceof OverExtent.EventTime;
        List<SortKey> order = new ArrayList<>();
        int keys = byTime ? random.nextInt(2) : random.nextInt(3);
        boolean measured = byTime ? keys == 0 : keys == 1;
        int[] columns = {RandomRows.LONG, RandomRows.INT, RandomRows.DOUBLE, RandomRows.DEC, RandomRows.TEXT};
        for (int i = 0; i < keys; i++) {
            int column = columns[random.nextInt(measured ? 4 : 5)];
            order.add(new SortKey(column, random.nextBoolean(), random.nextBoolean()));
        }
        List<OverCall> calls = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        while (calls.size() < count) {
            add(calls, rows, random, byTime, measured);
        }
        Schema input = RandomRows.SCHEMA;
        List<Field> fields = new ArrayList<>(input.fields());
        calls.forEach(call -> fields.add(new Field("r", call.call().type())));
        List<Integer> partition = rows.keyColumns();
        return new OverNode(
                new InputStub(input, ChangelogMode.APPEND), extent, partition, order, calls, 0, new Schema(fields));
    }

    private static void add(List<OverCall> calls, RandomRows rows, Random random, boolean byTime, boolean measured) {
        OverFrame frame = frame(random, byTime, measured);
        switch (random.nextInt(4)) {
            case 0 -> {
                OverFunction[] ranks = {
                    OverFunction.ROW_NUMBER,
                    OverFunction.RANK,
                    OverFunction.DENSE_RANK,
                    OverFunction.NTILE,
                    OverFunction.CUME_DIST,
                    OverFunction.PERCENT_RANK
                };
                OverFunction rank = ranks[random.nextInt(byTime ? 3 : 6)];
                DataType type = rank == OverFunction.CUME_DIST || rank == OverFunction.PERCENT_RANK
                        ? Scalar.DOUBLE
                        : Scalar.BIGINT;
                AggregateCall call = new AggregateCall("rank", List.of(), false, null, List.of(), type, false);
                calls.add(new OverCall(rank, call, frame, false, 1 + random.nextInt(5)));
            }
            case 1 -> {
                int[] values = {RandomRows.LONG, RandomRows.TEXT, RandomRows.DEC, RandomRows.BIG, RandomRows.BOOL};
                int column = values[random.nextInt(values.length)];
                List<Integer> arguments = random.nextInt(3) == 0 && column == RandomRows.TEXT
                        ? List.of(column, RandomRows.K_TEXT)
                        : List.of(column);
                AggregateCall call = new AggregateCall(
                        "value", arguments, false, null, List.of(), RandomRows.SCHEMA.type(column), true);
                OverFunction function = random.nextBoolean() ? OverFunction.NTH_FROM_FIRST : OverFunction.NTH_FROM_LAST;
                int number = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
                OverFrame seen = random.nextInt(3) == 0 ? neighbour(random) : frame;
                calls.add(new OverCall(function, call, seen, random.nextInt(3) == 0, number));
            }
            default -> {
                boolean distinct = random.nextInt(4) == 0;
                for (AggregateCall call : rows.calls(distinct ? COUNTABLE : AGGREGATES, false)) {
                    calls.add(new OverCall(OverFunction.AGGREGATE, varied(call, distinct, random), frame, false, 1));
                }
            }
        }
    }

    /** Variances come out rounded in other ways, which nine digits may show: they are compared with DuckDB's instead. */
    private static AggregateCall varied(AggregateCall call, boolean distinct, Random random) {
        List<SortKey> order = random.nextBoolean() ? List.of() : call.order();
        return new AggregateCall(
                call.function(),
                call.arguments(),
                distinct && !call.arguments().isEmpty(),
                call.filter(),
                order,
                call.type(),
                call.nullable());
    }

    private static OverFrame neighbour(Random random) {
        int distance = random.nextInt(7) - 3;
        return OverFrame.rows(distance, distance);
    }

    private static OverFrame frame(Random random, boolean byTime, boolean measured) {
        boolean rows = random.nextBoolean();
        OverFrame.Unit unit = rows ? OverFrame.Unit.ROWS : OverFrame.Unit.RANGE;
        int reach = rows ? 5 : 40;
        int first = offset(random, reach, rows || measured);
        int last = offset(random, reach, rows || measured);
        OverFrame.Bound start = bound(Math.min(first, last));
        OverFrame.Bound end = bound(Math.max(first, last));
        int unbounded = random.nextInt(6);
        if (unbounded < 3) {
            start = new OverFrame.First();
        }
        if (!byTime && (unbounded == 2 || unbounded == 4)) {
            end = new OverFrame.Last();
        }
        return new OverFrame(unit, start, end);
    }

    private static int offset(Random random, int reach, boolean measured) {
        return measured && random.nextInt(3) > 0 ? random.nextInt(2 * reach + 1) - reach : 0;
    }

    private static OverFrame.Bound bound(int distance) {
        return distance == 0 ? new OverFrame.Current() : new OverFrame.Offset(BigDecimal.valueOf(distance));
    }
}
