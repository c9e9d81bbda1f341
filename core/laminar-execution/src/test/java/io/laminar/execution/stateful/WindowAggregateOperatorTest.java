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
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Windows over random rows and watermarks against {@link Oracle}, with stops and restores on the way. */
class WindowAggregateOperatorTest {
    static final List<String> SIMPLE =
            List.of("count(*)", "count", "sum", "avg", "min", "max", "bool_and", "bool_or", "var_pop", "stddev_samp");

    private record Window(long start, long end) {}

    @Test
    void agreesWithTheOracle() {
        for (int seed = 0; seed < 1500; seed++) {
            check(seed);
        }
    }

    private static void check(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(20));
        WindowSpec spec = spec(random);
        List<Integer> keys = rows.keyColumns();
        List<AggregateCall> calls = rows.calls(SIMPLE, false);
        WindowAggregateNode node = node(spec, keys, calls);
        Harness harness =
                new Harness(() -> new WindowAggregateOperator(node), new Distribution.Keyed(keys), node.schema(), 1);
        Map<Window, List<RandomRows.Row>> open = new TreeMap<>(
                (a, b) -> a.end() != b.end() ? Long.compare(a.end(), b.end()) : Long.compare(a.start(), b.start()));
        long watermark = Long.MIN_VALUE;
        long late = 0;
        long clock = random.nextInt(1000) - 500;
        int batchSize = random.nextBoolean() ? 1 : 200;
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(batchSize);
            for (int i = 0; i < count; i++) {
                RandomRows.Row row = rows.row(clock + random.nextInt(60) - 30);
                batch.add(row);
                List<Window> windows = windows(spec, row.time());
                boolean taken = windows.isEmpty();
                for (Window window : windows) {
                    if (window.end() - 1 > watermark) {
                        open.computeIfAbsent(window, w -> new ArrayList<>()).add(row);
                        taken = true;
                    }
                }
                late += taken ? 0 : 1;
            }
            harness.feed(RandomRows.batch(batch));
            clock += random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(20);
            if (random.nextInt(3) == 0) {
                watermark = Math.max(watermark, clock - random.nextInt(50));
                harness.watermark(watermark);
            }
            if (random.nextInt(4) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
        harness.finish();
        Map<String, Integer> expected = new TreeMap<>();
        open.forEach((window, members) -> Oracle.group(members, keys).forEach((key, group) -> {
            List<Object> row = new ArrayList<>(key);
            row.addAll(Oracle.results(calls, group));
            row.add(window.start());
            row.add(window.end());
            expected.merge(row.toString(), 1, Integer::sum);
        }));
        String message = "seed " + seed + " " + spec + " " + calls;
        assertEquals(String.join("\n", lines(expected)), String.join("\n", lines(harness.folded())), message);
        assertEquals(late, harness.lateRows, message);
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
        List<Field> fields = new ArrayList<>(RandomRows.SCHEMA.select(keys).fields());
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new Field("c" + i, calls.get(i).type()));
        }
        fields.add(new Field("start", Scalar.TIMESTAMP));
        fields.add(new Field("end", Scalar.TIMESTAMP));
        return new WindowAggregateNode(
                new InputStub(RandomRows.SCHEMA, ChangelogMode.APPEND),
                spec,
                TimeDomain.EVENT,
                keys,
                calls,
                Phase.COMPLETE,
                new Emit.Final(),
                new Schema(fields));
    }

    private static WindowSpec spec(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new WindowSpec.Tumble(1 + random.nextInt(40), random.nextInt(10) - 5);
            case 1 -> new WindowSpec.Cumulate(1 + random.nextInt(10), 10 + random.nextInt(30), random.nextInt(5));
            default -> new WindowSpec.Hop(1 + random.nextInt(20), 1 + random.nextInt(60), random.nextInt(10) - 5);
        };
    }

    /** The windows of a time, found by trying. */
    private static List<Window> windows(WindowSpec spec, long time) {
        List<Window> windows = new ArrayList<>();
        if (spec instanceof WindowSpec.Tumble tumble) {
            spec = new WindowSpec.Hop(tumble.width(), tumble.width(), tumble.offset());
        }
        if (spec instanceof WindowSpec.Hop hop) {
            for (long start = time - hop.width() + 1; start <= time; start++) {
                if (Math.floorMod(start - hop.offset(), hop.slide()) == 0) {
                    windows.add(new Window(start, start + hop.width()));
                }
            }
        } else if (spec instanceof WindowSpec.Cumulate cumulate) {
            long start = time;
            while (Math.floorMod(start - cumulate.offset(), cumulate.max()) != 0) {
                start--;
            }
            for (long length = cumulate.step(); ; length += cumulate.step()) {
                long end = start + Math.min(length, cumulate.max());
                if (end > time) {
                    windows.add(new Window(start, end));
                }
                if (length >= cumulate.max()) {
                    break;
                }
            }
        }
        return windows;
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
