package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.StatefulOperators;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Windows that are emitted early end with the rows of windows that are emitted when they close. */
class EarlyWindowsTest {

    @Test
    void changesEndInTheFinalRows() {
        for (int seed = 0; seed < 600; seed++) {
            check(seed);
        }
    }

    private static void check(int seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random, 1 + random.nextInt(10));
        List<Integer> keys = rows.keyColumns();
        List<AggregateCall> calls = rows.calls(WindowAggregateOperatorTest.SIMPLE, random.nextBoolean());
        boolean retracts = random.nextBoolean();
        WindowSpec window = window(random);
        ChangelogMode input = retracts ? ChangelogMode.RETRACT : ChangelogMode.APPEND;
        Harness closed = harness(node(window, keys, calls, new Emit.Final(), input));
        Harness early = harness(node(window, keys, calls, new Emit.Changes(random.nextInt(2) * 1000L), input));
        List<RandomRows.Row> present = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        for (int step = 0; step < 12; step++) {
            List<RandomRows.Row> batch = new ArrayList<>();
            int count = 1 + random.nextInt(random.nextBoolean() ? 1 : 40);
            for (int i = 0; i < count; i++) {
                if (retracts && !present.isEmpty() && random.nextInt(5) < 2) {
                    batch.add(present.remove(random.nextInt(present.size())).withKind(RowKind.DELETE));
                } else {
                    RandomRows.Row row = rows.row(step * 10 + random.nextInt(30) - 15);
                    batch.add(row);
                    present.add(row);
                }
            }
            closed.feed(RandomRows.batch(batch));
            early.feed(RandomRows.batch(batch));
            if (random.nextInt(3) == 0) {
                early.clock((step + 1) * 1000L);
            }
            if (random.nextInt(3) == 0) {
                watermark = Math.max(watermark, step * 10L - 10);
                long until = watermark;
                // What is taken back has to come before its window closes.
                present.removeIf(row -> row.time() <= until + 40);
                closed.watermark(watermark);
                early.watermark(watermark);
            }
            if (random.nextInt(4) == 0) {
                early.restart(keys.isEmpty() ? 1 : 1 + random.nextInt(3));
            }
        }
        closed.finish();
        early.finish();
        String message = "seed " + seed + " " + window + " " + keys + " " + calls + " retracts " + retracts;
        assertEquals(
                String.join("\n", WindowAggregateOperatorTest.lines(closed.folded())),
                String.join("\n", WindowAggregateOperatorTest.lines(new TreeMap<>(early.folded()))),
                message);
        assertEquals(closed.lateRows, early.lateRows, message);
    }

    private static WindowSpec window(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new WindowSpec.Tumble(1 + random.nextInt(20), random.nextInt(3));
            case 1 -> new WindowSpec.Hop(1 + random.nextInt(8), 1 + random.nextInt(20), random.nextInt(3));
            case 2 -> new WindowSpec.Session(1 + random.nextInt(6));
            case 3 -> new WindowSpec.Cumulate(5, 20, random.nextInt(3));
            default -> new WindowSpec.Attached(RandomRows.WINDOW_START, RandomRows.WINDOW_END);
        };
    }

    private static WindowAggregateNode node(
            WindowSpec window, List<Integer> keys, List<AggregateCall> calls, Emit emit, ChangelogMode input) {
        List<Field> fields = new ArrayList<>(RandomRows.SCHEMA.select(keys).fields());
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new Field("c" + i, calls.get(i).type()));
        }
        fields.add(new Field("window_start", Scalar.TIMESTAMP, false));
        fields.add(new Field("window_end", Scalar.TIMESTAMP, false));
        return new WindowAggregateNode(
                new InputStub(RandomRows.SCHEMA, input),
                window,
                TimeDomain.EVENT,
                keys,
                calls,
                Phase.COMPLETE,
                emit,
                new Schema(fields));
    }

    private static Harness harness(WindowAggregateNode node) {
        return new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(node.keys()), node.schema(), 1);
    }
}
