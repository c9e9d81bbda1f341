package io.laminar.execution.expression;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Compares compiled expressions with a loop written by hand: {@code SELECT a + b, c WHERE a < x AND b < y} over batches
 * of 4096 rows. Run it by hand; it prints rows per second and ratios.
 */
final class ScanFilterSpeed {
    private static final int ROWS = 4096;
    private static final int BATCHES = 64;
    private static final int ROUNDS = 7;

    private ScanFilterSpeed() {}

    public static void main(String[] arguments) {
        Schema schema = Schema.of(
                new Field("a", Scalar.BIGINT, false),
                new Field("b", Scalar.BIGINT, false),
                new Field("c", Scalar.BIGINT, false));
        Random random = new Random(1);
        Batch[] batches = new Batch[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            Column[] columns = new Column[3];
            for (int c = 0; c < columns.length; c++) {
                long[] values = new long[ROWS];
                Arrays.setAll(values, k -> random.nextInt(1000));
                columns[c] = new LongColumn(values, null, ROWS);
            }
            batches[i] = new Batch(ROWS, columns, new long[ROWS], null);
        }
        for (int limit : new int[] {100, 500, 900, 1000}) {
            Expression condition = Ex.test(
                    Operation.AND,
                    Ex.test(Operation.LESS, Ex.in(schema, 0), Ex.lit((long) limit)),
                    Ex.test(Operation.LESS, Ex.in(schema, 1), Ex.lit(900L)));
            Expression sum = Ex.call(Operation.ADD, Scalar.BIGINT, Ex.in(schema, 0), Ex.in(schema, 1));
            long start = System.nanoTime();
            CompiledExpressions compiled = new ExpressionCompiler(FunctionRegistry.of(List.of()))
                    .compile(schema, condition, List.of(sum, Ex.in(schema, 2)), null);
            long compileMicros = (System.nanoTime() - start) / 1000;
            double[] byHand = new double[ROUNDS];
            double[] generated = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                byHand[round] = speed(batches, batch -> byHand(batch, limit));
                generated[round] = speed(batches, batch -> compiled.evaluate(batch, Ex.CONTEXT));
            }
            Arrays.sort(byHand);
            Arrays.sort(generated);
            double hand = byHand[ROUNDS / 2];
            double code = generated[ROUNDS / 2];
            System.out.printf(
                    "a < %4d: by hand %.0f M rows/s, compiled %.0f M rows/s, ratio %.2f (compiled in %d us)%n",
                    limit, hand / 1e6, code / 1e6, code / hand, compileMicros);
        }
    }

    private interface Pass {
        Batch over(Batch batch);
    }

    /** By the time the thread has on a processor, so that neighbours on the machine do not count. */
    private static double speed(Batch[] batches, Pass pass) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long rows = 0;
        long start = threads.getCurrentThreadCpuTime();
        long kept = 0;
        while (threads.getCurrentThreadCpuTime() - start < 300_000_000L) {
            for (Batch batch : batches) {
                Batch result = pass.over(batch);
                kept += result == null ? 0 : result.size();
                rows += batch.size();
            }
        }
        if (kept < 0) {
            throw new IllegalStateException();
        }
        return rows * 1e9 / (threads.getCurrentThreadCpuTime() - start);
    }

    /** What one would write for this one query: one pass, one branch, the same output columns. */
    private static Batch byHand(Batch batch, long limit) {
        long[] a = ((LongColumn) batch.column(0)).values();
        long[] b = ((LongColumn) batch.column(1)).values();
        long[] c = ((LongColumn) batch.column(2)).values();
        long[] times = batch.rowtime();
        int size = batch.size();
        long[] sums = new long[size];
        long[] passed = new long[size];
        long[] newTimes = new long[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (a[i] < limit && b[i] < 900) {
                sums[count] = Math.addExact(a[i], b[i]);
                passed[count] = c[i];
                newTimes[count] = times[i];
                count++;
            }
        }
        return new Batch(
                count,
                new Column[] {new LongColumn(sums, null, count), new LongColumn(passed, null, count)},
                newTimes,
                null);
    }
}
