package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.window.WindowAggregateOperator;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows over random rows and watermarks against {@link Oracle}, with stops and restores on the way. */
class WindowAggregateOperatorTest {
    static final List<String> SIMPLE = List.of(
            "count(*)",
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "bool_and",
            "bool_or",
            "var_pop",
            "stddev_samp",
            "bit_and",
            "bit_or",
            "bit_xor",
            "covar_pop",
            "covar_samp",
            "corr",
            "regr_slope",
            "regr_r2",
            "regr_count",
            "regr_syy");

    static final List<String> ALL = List.of(
            "count(*)",
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "first_value",
            "last_value",
            "array_agg",
            "string_agg",
            "nth_value",
            "arg_min",
            "arg_max",
            "median",
            "percentile_cont",
            "percentile_disc",
            "mode",
            "histogram");

    @Test
    void agreesWithTheOracle() {
        for (int seed = 0; seed < 500; seed++) {
            check(seed, false);
        }
    }

    @Test
    void agreesWithTheOracleWhenStateIsSpilled() {
        for (int seed = 0; seed < 20; seed++) {
            check(seed, true);
        }
    }

    private static void check(int seed, boolean spilling) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(20));
        WindowSpec spec = spec(random);
        List<Integer> keys = rows.keyColumns();
        List<AggregateCall> calls = random.nextBoolean() ? rows.calls(SIMPLE, false) : rows.calls(ALL, true);
        boolean retracts = random.nextInt(3) == 0;
        WindowAggregateNode node = node(spec, keys, calls, retracts ? ChangelogMode.RETRACT : ChangelogMode.APPEND);
        Harness harness = new Harness(
                spilling
                        ? Harness.spilling(() -> new WindowAggregateOperator(node), keys, seed)
                        : () -> new WindowAggregateOperator(node),
                new Distribution.Keyed(keys),
                node.schema(),
                1);
        WindowOracle oracle = new WindowOracle(spec, keys);
        long clock = random.nextInt(1000) - 500;
        int batchSize = random.nextBoolean() ? 1 : 200;
        List<RandomRows.Row> live = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(batchSize);
            for (int i = 0; i < count; i++) {
                if (retracts && !live.isEmpty() && random.nextInt(4) == 0) {
                    RandomRows.Row gone = live.remove(random.nextInt(live.size()));
                    oracle.remove(gone);
                    batch.add(gone.withKind(RowKind.DELETE));
                } else {
                    RandomRows.Row row = rows.row(clock + random.nextInt(60) - 30);
                    // A row that is late must not be taken back from a window that never had it.
                    if (oracle.add(row)) {
                        live.add(row);
                    }
                    batch.add(row);
                }
            }
            harness.feed(RandomRows.batch(batch));
            clock += random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(20);
            if (random.nextInt(3) == 0) {
                long watermark = Math.max(oracle.watermark(), clock - random.nextInt(50));
                oracle.watermark(watermark);
                harness.watermark(watermark);
                // Rows may be in windows some of which are closed; such are not taken back here.
                live.removeIf(row -> !oracle.isWhollyOpen(row));
            }
            if (random.nextInt(4) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
        harness.finish();
        oracle.watermark(Long.MAX_VALUE);
        String message = "seed " + seed + " " + spec + " " + keys + " " + calls + " retracts " + retracts;
        assertEquals(
                String.join("\n", lines(oracle.results(calls))), String.join("\n", lines(harness.folded())), message);
        assertEquals(oracle.late(), harness.lateRows, message);
        for (Harness.Row row : harness.rows) {
            assertEquals((long) row.values().get(row.values().size() - 1) - 1, row.rowtime(), message);
        }
    }

    static List<String> lines(Map<String, Integer> multiset) {
        return multiset.entrySet().stream()
                .map(e -> e.getValue() + " x " + e.getKey())
                .toList();
    }

    static WindowAggregateNode node(WindowSpec spec, List<Integer> keys, List<AggregateCall> calls) {
        return node(spec, keys, calls, ChangelogMode.APPEND);
    }

    private static WindowAggregateNode node(
            WindowSpec spec, List<Integer> keys, List<AggregateCall> calls, ChangelogMode input) {
        List<Field> fields = new ArrayList<>(RandomRows.SCHEMA.select(keys).fields());
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new Field("c" + i, calls.get(i).type()));
        }
        fields.add(new Field("start", Scalar.TIMESTAMP));
        fields.add(new Field("end", Scalar.TIMESTAMP));
        return new WindowAggregateNode(
                new InputStub(RandomRows.SCHEMA, input),
                spec,
                TimeDomain.EVENT,
                keys,
                calls,
                Phase.COMPLETE,
                new Emit.Final(),
                new Schema(fields));
    }

    static WindowSpec spec(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new WindowSpec.Tumble(1 + random.nextInt(40), random.nextInt(10) - 5);
            case 1 -> new WindowSpec.Cumulate(1 + random.nextInt(10), 10 + random.nextInt(30), random.nextInt(5));
            case 2 -> new WindowSpec.Session(1 + random.nextInt(15));
            case 3 -> new WindowSpec.Attached(RandomRows.WINDOW_START, RandomRows.WINDOW_END);
            default -> new WindowSpec.Hop(1 + random.nextInt(20), 1 + random.nextInt(60), random.nextInt(10) - 5);
        };
    }

    @Test
    void monthsFollowTheCalendar() {
        WindowSpec spec = new WindowSpec.TumbleMonths(3);
        WindowAggregateNode node = node(spec, List.of(), List.of(count()));
        Harness harness = new Harness(
                () -> new WindowAggregateOperator(node), new Distribution.Keyed(List.of()), node.schema(), 1);
        RandomRows rows = new RandomRows(new Random(1), 3);
        harness.feed(RandomRows.batch(List.of(
                rows.row(micros("2024-02-29T23:59:59")),
                rows.row(micros("2024-04-01T00:00:00")),
                rows.row(micros("1969-12-31T23:59:59")),
                rows.row(micros("2024-03-31T23:59:59")))));
        harness.finish();
        assertEquals(
                List.of(
                        List.<Object>of(1L, micros("1969-10-01T00:00:00"), micros("1970-01-01T00:00:00")),
                        List.<Object>of(2L, micros("2024-01-01T00:00:00"), micros("2024-04-01T00:00:00")),
                        List.<Object>of(1L, micros("2024-04-01T00:00:00"), micros("2024-07-01T00:00:00"))),
                harness.rows.stream().map(Harness.Row::values).toList());
    }

    static AggregateCall count() {
        return new AggregateCall("count", List.of(), false, null, List.of(), Scalar.BIGINT, false);
    }

    private static long micros(String time) {
        return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    }
}
