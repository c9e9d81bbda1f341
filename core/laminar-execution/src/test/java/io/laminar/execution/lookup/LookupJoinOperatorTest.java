package io.laminar.execution.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.async.WokenContext;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.function.FunctionRegistry;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.LookupPolicy;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for several batches are under way at the same time. */
@Timeout(60)
class LookupJoinOperatorTest {
    private static final Schema INPUT = Schema.of(new Field("x", Scalar.BIGINT, true));
    private static final Schema TABLE =
            Schema.of(new Field("key", Scalar.BIGINT, false), new Field("value", Scalar.BIGINT, false));
    private static final long MINUTE = 60_000_000;

    /** Every key has one row, with ten times its number. The test answers, or the clock does. */
    private static final class TenTimes implements KeyedTable {
        final List<CompletableFuture<LookupAnswer>> answers = new ArrayList<>();
        final List<LookupAnswer> found = new ArrayList<>();
        boolean byItself;

        @Override
        public int requestSize() {
            return 10;
        }

        @Override
        public CompletionStage<LookupAnswer> find(Column[] keys, int count) {
            long[] wanted = new long[count];
            long[] values = new long[count];
            int[] numbers = new int[count];
            for (int i = 0; i < count; i++) {
                wanted[i] = ((LongColumn) keys[0]).value(i);
                values[i] = 10 * wanted[i];
                numbers[i] = i;
            }
            Column[] columns = {new LongColumn(wanted, null, count), new LongColumn(values, null, count)};
            LookupAnswer answer = new LookupAnswer(new Batch(count, columns, new long[count], null), numbers);
            if (byItself) {
                return CompletableFuture.supplyAsync(
                        () -> answer, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
            }
            found.add(answer);
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
        }

        void answer(int request) {
            answers.get(request).complete(found.get(request));
        }

        @Override
        public void close() {}
    }

    private final TenTimes table = new TenTimes();
    private final WokenContext context = new WokenContext();
    private final List<Long> emitted = new ArrayList<>();

    private LookupJoinOperator open(long ttl) {
        TableDescriptor descriptor = new TableDescriptor(
                "t", "none", TABLE, Map.of(), List.of(), List.of(), OptionValues.EMPTY, null, BadDataPolicy.FAIL);
        LookupJoinNode node = new LookupJoinNode(
                new InputStub(INPUT, ChangelogMode.APPEND),
                descriptor,
                new LookupPolicy(1 << 20, ttl, 100, 0, MINUTE),
                JoinType.INNER,
                List.of(new JoinKey(0, 0, false)),
                null,
                List.of(0, 2),
                Schema.of(INPUT.field(0), TABLE.field(1)));
        LookupJoinOperator operator = new LookupJoinOperator(
                node, (t, keys) -> table, new ExpressionCompiler(FunctionRegistry.of(List.of())));
        operator.open(context);
        return operator;
    }

    private void process(LookupJoinOperator operator, long... values) {
        Column[] columns = {new LongColumn(values, null, values.length)};
        operator.process(0, new Batch(values.length, columns, new long[values.length], null), this::collect);
    }

    private void collect(Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            long key = ((LongColumn) batch.column(0)).value(row);
            assertEquals(10 * key, ((LongColumn) batch.column(1)).value(row));
            emitted.add(key);
        }
    }

    @Test
    void rowsKeepTheirOrderAndWatermarksWait() throws InterruptedException {
        LookupJoinOperator operator = open(MINUTE);
        process(operator, 1, 2);
        operator.watermark(10, this::collect);
        process(operator, 2, 1);
        operator.watermark(20, this::collect);
        process(operator, 3, 1);
        operator.watermark(30, this::collect);
        assertEquals(2, table.answers.size(), "keys that are asked for already are not asked for again");
        table.answer(1);
        context.woken.acquire();
        operator.tick(0, this::collect);
        assertEquals(List.of(), emitted);
        assertEquals(Long.MIN_VALUE, operator.outputWatermark(30));
        table.answer(0);
        context.woken.acquire();
        operator.tick(0, this::collect);
        assertEquals(List.of(1L, 2L, 2L, 1L, 3L, 1L), emitted);
        assertEquals(30, operator.outputWatermark(30));
        assertEquals(0, context.woken.availablePermits());
    }

    @Test
    void aBarrierWaitsForAllAnswers() throws Exception {
        LookupJoinOperator operator = open(0);
        process(operator, 1, 2);
        process(operator, 2);
        assertEquals(2, table.answers.size());
        CompletableFuture<?> answering = CompletableFuture.runAsync(() -> {
            table.answer(1);
            table.answer(0);
        });
        operator.complete(this::collect);
        answering.get();
        assertEquals(List.of(1L, 2L, 2L), emitted);
    }

    @Test
    void aFailureIsToldWhenItsRowsHaveTheirTurn() {
        LookupJoinOperator operator = open(0);
        process(operator, 1);
        process(operator, 2);
        table.answers.get(1).completeExceptionally(new IllegalStateException("the line is down"));
        operator.tick(0, this::collect);
        table.answer(0);
        LaminarException error = assertThrows(LaminarException.class, () -> operator.tick(0, this::collect));
        assertEquals(ErrorCode.LOOKUP_FAILED, error.code());
        assertEquals(List.of(1L), emitted);
    }

    /** Against waiting for each batch, as a barrier behind each of them does. */
    @Test
    void smallBatchesDoNotWaitForEachOther() {
        table.byItself = true;
        int batches = 100;
        long together = nanos(open(0), batches, false);
        long oneByOne = nanos(open(0), batches, true);
        double ratio = (double) oneByOne / together;
        assertTrue(ratio > 5, () -> "only " + ratio + " times as fast");
        List<Long> order = LongStream.range(0, batches).boxed().toList();
        assertEquals(order, emitted.subList(0, batches));
        assertEquals(order, emitted.subList(batches, 2 * batches));
    }

    private long nanos(LookupJoinOperator operator, int batches, boolean waiting) {
        long start = System.nanoTime();
        for (int batch = 0; batch < batches; batch++) {
            process(operator, batch);
            if (waiting) {
                operator.complete(this::collect);
            }
        }
        operator.complete(this::collect);
        return System.nanoTime() - start;
    }
}
