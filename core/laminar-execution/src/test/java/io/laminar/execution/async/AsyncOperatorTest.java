package io.laminar.execution.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.node.AsyncNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.AsyncCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls are under way at the same time, and what may pass them. */
@Timeout(60)
class AsyncOperatorTest {
    private static final long MINUTE = 60_000_000;
    private static final AsyncCalls ORDERED = new AsyncCalls(true, MINUTE, 100, 0);
    private static final AsyncCalls UNORDERED = new AsyncCalls(false, MINUTE, 100, 0);
    /** Answers after 20 ms. */
    private static final String LATER = """
            public static java.util.concurrent.CompletableFuture<Long> eval(Long x) {
              return java.util.concurrent.CompletableFuture.supplyAsync(() -> 10 * x,
                  java.util.concurrent.CompletableFuture.delayedExecutor(20, java.util.concurrent.TimeUnit.MILLISECONDS));
            }
            """;

    private final SlowFunction function = new SlowFunction();
    private final WokenContext context = new WokenContext();
    private final List<Long> emitted = new ArrayList<>();

    @AfterEach
    void close() {
        function.close();
    }

    private AsyncOperator open(AsyncNode node) {
        AsyncOperator operator = new AsyncOperator(node);
        operator.open(context);
        return operator;
    }

    private static Batch rows(long... values) {
        return new Batch(
                values.length,
                new Column[] {new LongColumn(values, null, values.length)},
                new long[values.length],
                null);
    }

    /** Keeps the arguments of the rows, whose answers must be theirs. */
    private void collect(Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            long argument = ((LongColumn) batch.column(0)).value(row);
            assertEquals(10 * argument, ((LongColumn) batch.column(1)).value(row));
            emitted.add(argument);
        }
    }

    private void process(AsyncOperator operator, long... values) {
        operator.process(0, rows(values), this::collect);
    }

    /** Waits until the operator is woken. */
    private void tick(AsyncOperator operator) throws InterruptedException {
        context.woken.acquire();
        operator.tick(0, this::collect);
    }

    private List<SlowFunction.Call> calls(int count) throws InterruptedException {
        List<SlowFunction.Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(function.next());
        }
        return calls;
    }

    @Test
    void callsOfSeveralBatchesOverlapAndRowsKeepTheirOrder() throws InterruptedException {
        AsyncOperator operator = open(function.node(ORDERED));
        process(operator, 1, 2);
        process(operator, 3);
        process(operator, 4, 5);
        List<SlowFunction.Call> calls = calls(5);
        for (int last = 4; last > 0; last--) {
            calls.get(last).respond();
            tick(operator);
            assertEquals(List.of(), emitted);
        }
        calls.get(0).respond();
        tick(operator);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), emitted);
        assertEquals(0, context.woken.availablePermits());
    }

    @Test
    void aWatermarkWaitsForTheRowsBeforeIt() throws InterruptedException {
        AsyncOperator operator = open(function.node(ORDERED));
        operator.watermark(5, this::collect);
        assertEquals(5, operator.outputWatermark(5));
        process(operator, 1);
        operator.watermark(10, this::collect);
        operator.watermark(11, this::collect);
        process(operator, 2);
        operator.watermark(20, this::collect);
        assertEquals(5, operator.outputWatermark(20));
        List<SlowFunction.Call> calls = calls(2);
        calls.get(0).respond();
        tick(operator);
        assertEquals(11, operator.outputWatermark(20));
        calls.get(1).respond();
        tick(operator);
        assertEquals(20, operator.outputWatermark(20));
        assertEquals(List.of(1L, 2L), emitted);
    }

    @Test
    void whereOrderDoesNotMatterRowsLeaveWhenTheyAreAnswered() throws InterruptedException {
        AsyncOperator operator = open(function.node(UNORDERED));
        process(operator, 1, 2, 3);
        operator.watermark(10, this::collect);
        process(operator, 4, 5);
        operator.watermark(20, this::collect);
        List<SlowFunction.Call> calls = calls(5);
        for (int call : new int[] {4, 3, 1, 2}) {
            calls.get(call).respond();
            tick(operator);
            assertEquals(Long.MIN_VALUE, operator.outputWatermark(20), "a row before it has not left");
        }
        assertEquals(List.of(5L, 4L, 2L, 3L), emitted);
        calls.get(0).respond();
        tick(operator);
        assertEquals(20, operator.outputWatermark(20));
    }

    @Test
    void noMoreCallsAreUnderWayThanAllowed() throws Exception {
        AsyncOperator operator = open(function.node(new AsyncCalls(true, MINUTE, 4, 0)));
        AtomicInteger most = new AtomicInteger();
        CompletableFuture<?> answering = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 30; i++) {
                    SlowFunction.Call call = function.next();
                    most.accumulateAndGet(function.waiting() + 1, Math::max);
                    call.respond();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (long batch = 0; batch < 10; batch++) {
            process(operator, 3 * batch, 3 * batch + 1, 3 * batch + 2);
        }
        operator.complete(this::collect);
        answering.get();
        assertTrue(most.get() <= 4, most::toString);
        assertEquals(LongStream.range(0, 30).boxed().toList(), emitted);
    }

    @Test
    void aBarrierWaitsForAllAnswers() throws Exception {
        AsyncOperator operator = open(function.node(ORDERED));
        process(operator, 1, 2);
        operator.watermark(7, this::collect);
        process(operator, 3);
        List<SlowFunction.Call> calls = calls(3);
        CompletableFuture<?> answering = CompletableFuture.runAsync(() -> calls.forEach(SlowFunction.Call::respond));
        operator.complete(this::collect);
        answering.get();
        assertEquals(List.of(1L, 2L, 3L), emitted);
        assertEquals(7, operator.outputWatermark(7));
    }

    @Test
    void aCallThatTakesTooLongIsNoticedWithoutFurtherRows() {
        AsyncOperator operator = open(function.node(new AsyncCalls(true, 20_000, 10, 1)));
        process(operator, 1);
        LaminarException error = assertThrows(LaminarException.class, () -> {
            while (true) {
                operator.tick(context.timers.last(), this::collect);
            }
        });
        assertEquals(ErrorCode.FUNCTION_FAILED, error.code());
        assertTrue(error.reason().contains("no answer within 20 ms"), error::reason);
        assertEquals(2, function.waiting(), "called, and called again");
    }

    /** Against waiting for each batch, as a barrier behind each of them does. */
    @Test
    void smallBatchesDoNotWaitForEachOther() {
        int batches = 100;
        AsyncNode node = SlowFunction.node(ORDERED, LATER);
        long together = nanos(open(node), batches, false);
        long oneByOne = nanos(open(node), batches, true);
        double ratio = (double) oneByOne / together;
        assertTrue(ratio > 5, () -> "only " + ratio + " times as fast");
        List<Long> order = LongStream.range(0, batches).boxed().toList();
        assertEquals(order, emitted.subList(0, batches));
        assertEquals(order, emitted.subList(batches, 2 * batches));
    }

    private long nanos(AsyncOperator operator, int batches, boolean waiting) {
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
