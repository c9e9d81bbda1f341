package io.laminar.benchmark.state;

import io.laminar.benchmark.roofline.StandaloneContext;
import io.laminar.execution.Operators;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;

/** Heap that {@code GROUP BY k} with count and sum of BIGINT takes per key, once all changes have been emitted. */
public final class BytesPerKey {
    public static final String NAME = "state_bytes_per_key";
    public static final int KEYS = 10_000_000;

    /** Odd, so that its multiples pass through all keys in no order. */
    static final long STEP = 7_368_787;

    private static final long INTERVAL = 1_000_000;
    private static final Schema INPUT =
            Schema.of(new Field("k", Scalar.BIGINT, false), new Field("x", Scalar.BIGINT, false));
    private static final Schema RESULT = Schema.of(
            new Field("k", Scalar.BIGINT, false),
            new Field("n", Scalar.BIGINT, false),
            new Field("s", Scalar.BIGINT, true));

    static final AggregateNode NODE = new AggregateNode(
            new InputStub(INPUT, ChangelogMode.APPEND),
            List.of(0),
            List.of(
                    new AggregateCall("count", List.of(), false, null, List.of(), Scalar.BIGINT, false),
                    new AggregateCall("sum", List.of(1), false, null, List.of(), Scalar.BIGINT, true)),
            Phase.COMPLETE,
            new Emit.Changes(INTERVAL),
            0,
            RESULT);

    private BytesPerKey() {}

    /** Bytes per key, of the heap that is in use because of the operator. */
    public static double measure() {
        long before = used();
        Operator operator = Operators.builtin().create(NODE);
        operator.open(new StandaloneContext());
        for (int from = 0; from < KEYS; from += Batch.TARGET_ROWS) {
            operator.process(0, batch(from, Math.min(Batch.TARGET_ROWS, KEYS - from)), out -> {});
            operator.tick(Long.MAX_VALUE, out -> {});
        }
        double bytes = (double) (used() - before) / KEYS;
        operator.close();
        return bytes;
    }

    private static Batch batch(int from, int count) {
        long[] keys = new long[count];
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = (from + i) * STEP % KEYS;
            values[i] = i;
        }
        Column[] columns = {new LongColumn(keys, null, count), new LongColumn(values, null, count)};
        return new Batch(count, columns, new long[count], null);
    }

    static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
