package io.laminar.execution.async;

import io.laminar.execution.operator.FilterProjectOperator;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.user.AsyncCall;
import io.laminar.execution.user.JavaValues;
import io.laminar.plan.node.AsyncNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.function.AsyncCalls;
import io.laminar.spi.function.UserFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link AsyncNode}. Calls for the rows of several batches are under way at the same time; a batch is taken when
 * its last call can begin. Watermarks wait for the rows before them. A barrier waits for all answers, so there is no
 * state.
 */
public final class AsyncOperator implements Operator {
    private static final long NANOS_PER_MICRO = 1000;
    private static final long NO_TIMER = Long.MAX_VALUE;

    private final UserFunction function;
    private final AsyncCalls calls;
    private final AsyncCall call;
    private final int[] arguments;

    private final HeldBatches<AsyncBatch> held;
    /** Batches with answers that do not wait for the rows before them. */
    private final List<AsyncBatch> ready = new ArrayList<>();

    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final AnswerSignal signal = new AnswerSignal(() -> context().wake());
    /** In the order of their deadlines, as each has the same time. */
    private final Deque<Attempt> started = new ArrayDeque<>();

    private int underWay;
    private long timer = NO_TIMER;
    private @Nullable OperatorContext context;

    /** What has come of one try for a row. */
    private record Answer(
            AsyncBatch batch,
            int row,
            int attempt,
            @Nullable Object value,
            @Nullable Throwable failure) {}

    /** A try for a row, with the {@link System#nanoTime} at which it has failed. */
    private record Attempt(AsyncBatch batch, int row, int number, long deadline) {}

    public AsyncOperator(AsyncNode node) {
        function = node.function();
        calls = function.calls();
        call = new AsyncCall(function);
        arguments = node.arguments().stream().mapToInt(Integer::intValue).toArray();
        held = new HeldBatches<>(calls.concurrency());
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (batch.size() == 0) {
            return;
        }
        signal.ignore();
        while (!held.hasRoomFor(batch.size())) {
            await(out);
        }
        AsyncBatch rows = new AsyncBatch(batch, arguments, function.result());
        held.add(rows, batch.size());
        for (int row = 0; row < batch.size(); row++) {
            while (underWay == calls.concurrency()) {
                await(out);
            }
            begin(rows, row);
        }
        rest(out);
    }

    @Override
    public void watermark(long time, Output out) {
        held.addWatermark(time);
    }

    @Override
    public long outputWatermark(long inputWatermark) {
        return held.watermark();
    }

    @Override
    public void tick(long now, Output out) {
        signal.ignore();
        if (now >= timer) {
            timer = NO_TIMER;
        }
        rest(out);
    }

    @Override
    public void complete(Output out) {
        signal.ignore();
        while (!held.isEmpty()) {
            await(out);
        }
    }

    @Override
    public void finish(Output out) {
        complete(out);
    }

    @Override
    public void close() {
        signal.ignore();
    }

    /** Takes what has come, then sees to it that what comes later wakes the operator. */
    private void rest(Output out) {
        do {
            takeAll();
            emit(out);
            if (underWay == 0) {
                return;
            }
            signal.listen();
        } while (!answers.isEmpty());
        if (timer == NO_TIMER) {
            long left = started.element().deadline() - System.nanoTime();
            timer = context().now() + Math.max(1, left / NANOS_PER_MICRO + 1);
            context().wakeAt(timer);
        }
    }

    private void begin(AsyncBatch batch, int row) {
        if (call.refusesNull(batch.arguments(), row)) {
            answer(batch, row, null);
            return;
        }
        underWay++;
        attempt(batch, row);
    }

    private void attempt(AsyncBatch batch, int row) {
        int number = batch.beginAttempt(row);
        started.add(new Attempt(batch, row, number, System.nanoTime() + calls.timeout() * NANOS_PER_MICRO));
        try {
            call.start(batch.arguments(), row)
                    .whenComplete((value, failure) -> add(new Answer(batch, row, number, value, failure)));
        } catch (Throwable e) {
            add(new Answer(batch, row, number, null, e));
        }
    }

    /** Called in any thread. */
    private void add(Answer answer) {
        answers.add(answer);
        signal.answered();
    }

    /** Waits for an answer, or until the oldest try takes too long; emits what can leave then. */
    private void await(Output out) {
        forgetOver();
        if (!started.isEmpty()) {
            try {
                Answer answer = answers.poll(started.element().deadline() - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer != null) {
                    take(answer);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + function.name() + " was under way", e);
            }
            takeAll();
        }
        emit(out);
    }

    /** Takes all answers that are there, and the failure of tries that take too long. */
    private void takeAll() {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            take(answer);
        }
        forgetOver();
        while (!started.isEmpty() && started.element().deadline() - System.nanoTime() <= 0) {
            Attempt late = started.remove();
            String reason = "no answer within " + TimeUnit.MICROSECONDS.toMillis(calls.timeout()) + " ms";
            take(new Answer(late.batch(), late.row(), late.number(), null, new TimeoutException(reason)));
            forgetOver();
        }
    }

    /** Drops the oldest tries, as far as nothing is expected of them. */
    private void forgetOver() {
        while (!started.isEmpty()) {
            Attempt oldest = started.element();
            if (oldest.batch().awaits(oldest.row(), oldest.number())) {
                return;
            }
            started.remove();
        }
    }

    private void take(Answer answer) {
        AsyncBatch batch = answer.batch();
        int row = answer.row();
        if (!batch.awaits(row, answer.attempt())) {
            return;
        }
        Throwable failure = answer.failure();
        if (failure == null) {
            underWay--;
            answer(batch, row, JavaValues.fromJava(function.result(), answer.value()));
        } else if (answer.attempt() <= calls.retries()) {
            attempt(batch, row);
        } else if (function.skipsRows()) {
            underWay--;
            batch.leaveOut(row);
            context().count(FilterProjectOperator.BAD_RECORDS, 1);
        } else {
            throw JavaValues.failed(function.signature(), false, AsyncCall.cause(failure));
        }
    }

    private void answer(AsyncBatch batch, int row, @Nullable Object value) {
        if (!calls.ordered() && !batch.hasReady()) {
            ready.add(batch);
        }
        batch.answer(row, value);
    }

    /** Emits whole batches as long as the first one is answered; where order does not matter, all answered rows. */
    private void emit(Output out) {
        for (AsyncBatch batch : ready) {
            batch.emitReady(out);
        }
        ready.clear();
        while (!held.isEmpty() && held.first().isAnswered()) {
            held.first().emitReady(out);
            held.removeFirst();
        }
    }
}
