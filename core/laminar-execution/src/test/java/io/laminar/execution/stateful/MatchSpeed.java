package io.laminar.execution.stateful;

import io.laminar.execution.Operators;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchSkip;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.MatchValue.Navigation;
import io.laminar.plan.node.RowPattern;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Measures {@code a down+ up+} by key over random prices; run by hand. Prints million rows per second of processor time of one thread. */
final class MatchSpeed {
    private static final int ROWS = 2_000_000;

    private MatchSpeed() {}

    public static void main(String[] arguments) {
        for (int keys : new int[] {100, 100_000}) {
            for (boolean history : new boolean[] {false, true}) {
                for (int round = 0; round < 3; round++) {
                    run(keys, history);
                }
            }
        }
    }

    private static MatchFrame compare(Operation operation, Navigation left, Navigation right) {
        Expression comparison = new Expression.Call(
                operation,
                List.of(new Expression.Input(0, Scalar.BIGINT, true), new Expression.Input(1, Scalar.BIGINT, true)),
                Scalar.BOOLEAN,
                true);
        return new MatchFrame(List.of(left, right), List.of(comparison));
    }

    private static Navigation price(long variables, boolean first, int shift) {
        return new Navigation(1, variables, first, 0, shift, false, Scalar.BIGINT);
    }

    private static MatchNode node(boolean history) {
        Schema input = new Schema(List.of(new Field("k", Scalar.BIGINT), new Field("v", Scalar.BIGINT)));
        RowPattern up = new RowPattern.Repeat(new RowPattern.Variable(2), 1, RowPattern.Repeat.UNLIMITED, true);
        RowPattern down = new RowPattern.Repeat(new RowPattern.Variable(1), 1, RowPattern.Repeat.UNLIMITED, true);
        Navigation now = price(MatchValue.ALL, false, 0);
        Navigation before = price(MatchValue.ALL, false, -1);
        List<MatchValue> values = List.of(
                new MatchValue.OwnColumn(0, Scalar.BIGINT, true),
                price(2, false, 0),
                new MatchValue.Aggregate("count", List.of(), false, MatchValue.ALL, true, Scalar.BIGINT, false));
        List<Expression> measures = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (MatchValue value : values) {
            fields.add(new Field("m" + fields.size(), value.type(), value.nullable()));
            measures.add(new Expression.Input(measures.size(), value.type(), value.nullable()));
        }
        return new MatchNode(
                new InputStub(input, ChangelogMode.APPEND),
                List.of(0),
                List.of(),
                List.of("a", "down", "up"),
                new RowPattern.Sequence(List.of(new RowPattern.Variable(0), down, up)),
                List.of(
                        new MatchFrame(List.of(), List.of(new Expression.Literal(true, Scalar.BOOLEAN))),
                        compare(Operation.LESS, now, before),
                        history
                                ? compare(Operation.GREATER, now, price(1, true, 0))
                                : compare(Operation.GREATER, now, before)),
                false,
                false,
                0,
                new MatchSkip(MatchSkip.Kind.PAST_LAST_ROW, 0),
                false,
                new MatchFrame(values, measures),
                1_000_000,
                new Schema(fields));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void run(int keys, boolean history) {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < ROWS; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, ROWS - from);
            long[] key = new long[count];
            long[] price = new long[count];
            long[] times = new long[count];
            for (int i = 0; i < count; i++) {
                key[i] = random.nextInt(keys);
                price[i] = random.nextInt(1000);
                times[i] = from + i;
            }
            Column[] columns = {new LongColumn(key, null, count), new LongColumn(price, null, count)};
            batches.add(new Batch(count, columns, times, null));
        }
        Operator operator = Operators.builtin().create(node(history));
        operator.open(new TestContext(0, 1, 0));
        long[] matches = new long[1];
        long start = cpu();
        for (Batch batch : batches) {
            operator.process(0, batch, out -> matches[0] += out.size());
            operator.watermark(batch.rowtime()[batch.size() - 1], out -> matches[0] += out.size());
        }
        operator.finish(out -> matches[0] += out.size());
        double seconds = (cpu() - start) / 1e9;
        System.out.printf(
                "%d keys, %s: %.2f M rows/s, %d matches%n",
                keys, history ? "a condition on history" : "conditions on rows", ROWS / seconds / 1e6, matches[0]);
    }
}
