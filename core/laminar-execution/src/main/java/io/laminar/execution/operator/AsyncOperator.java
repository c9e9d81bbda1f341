package io.laminar.execution.operator;

import io.laminar.execution.user.AsyncCall;
import io.laminar.execution.user.JavaValues;
import io.laminar.plan.node.AsyncNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.function.AsyncCalls;
import io.laminar.spi.function.UserFunction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link AsyncNode}. The calls for the rows of a batch are under way at the same time, and the batch is answered
 * before the next one is taken: so nothing is under way when a barrier or a watermark passes, and there is no state.
 */
public final class AsyncOperator implements Operator {
    private final UserFunction function;
    private final AsyncCalls calls;
    private final AsyncCall call;
    private final int[] arguments;
    private @Nullable OperatorContext context;

    public AsyncOperator(AsyncNode node) {
        function = node.function();
        calls = function.calls();
        call = new AsyncCall(function);
        arguments = node.arguments().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (batch.size() > 0) {
            new Round(batch, out).run();
        }
    }

    /** What has come of one try for a row. */
    private record Answer(
            int row,
            int attempt,
            @Nullable Object value,
            @Nullable Throwable failure) {}

    /** A try for a row that has not been answered yet, with the time at which it has failed. */
    private record Attempt(int row, int number, long deadline) {}

    /** The calls for one batch. */
    private final class Round {
        private static final byte OPEN = 0;
        private static final byte ANSWERED = 1;
        private static final byte EMITTED = 2;
        private static final byte LEFT_OUT = 3;

        private final Batch batch;
        private final Output out;
        private final Column[] columns;
        private final @Nullable Object[] values;
        private final byte[] states;
        private final int[] attempts;
        private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        /** In the order of their deadlines, as each has the same time. */
        private final Deque<Attempt> started = new ArrayDeque<>();

        private int next;
        private int underWay;
        private int open;
        private int leftOut;

        Round(Batch batch, Output out) {
            this.batch = batch;
            this.out = out;
            this.columns = new Column[arguments.length];
            Arrays.setAll(columns, i -> batch.column(arguments[i]));
            this.values = new Object[batch.size()];
            this.states = new byte[batch.size()];
            this.attempts = new int[batch.size()];
            this.open = batch.size();
        }

        void run() {
            while (open > 0) {
                while (next < batch.size() && underWay < calls.concurrency()) {
                    begin(next++);
                }
                if (underWay > 0) {
                    await();
                }
                if (!calls.ordered()) {
                    emitAnswered();
                }
            }
            emitAnswered();
            if (leftOut > 0) {
                Objects.requireNonNull(context, "not open").count(FilterProjectOperator.BAD_RECORDS, leftOut);
            }
        }

        private void begin(int row) {
            if (call.refusesNull(columns, row)) {
                settle(row, null);
                return;
            }
            underWay++;
            attempt(row);
        }

        private void attempt(int row) {
            int number = ++attempts[row];
            started.add(new Attempt(row, number, System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(calls.timeout())));
            try {
                call.start(columns, row)
                        .whenComplete((value, failure) -> answers.add(new Answer(row, number, value, failure)));
            } catch (Throwable e) {
                answers.add(new Answer(row, number, null, e));
            }
        }

        /** Waits for an answer, or until the oldest try takes too long; takes whatever has come. */
        private void await() {
            while (!started.isEmpty() && isOver(started.element())) {
                started.remove();
            }
            Attempt oldest = started.element();
            try {
                Answer answer = answers.poll(oldest.deadline() - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    started.remove();
                    answer = new Answer(
                            oldest.row(),
                            oldest.number(),
                            null,
                            new TimeoutException(
                                    "no answer within " + TimeUnit.MICROSECONDS.toMillis(calls.timeout()) + " ms"));
                }
                for (Answer current = answer; current != null; current = answers.poll()) {
                    take(current);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + function.name() + " was under way", e);
            }
        }

        private boolean isOver(Attempt attempt) {
            return states[attempt.row()] != OPEN || attempts[attempt.row()] != attempt.number();
        }

        private void take(Answer answer) {
            int row = answer.row();
            if (states[row] != OPEN || attempts[row] != answer.attempt()) {
                return;
            }
            Throwable failure = answer.failure();
            if (failure == null) {
                underWay--;
                settle(row, JavaValues.fromJava(function.result(), answer.value()));
            } else if (answer.attempt() <= calls.retries()) {
                attempt(row);
            } else if (function.skipsRows()) {
                underWay--;
                open--;
                leftOut++;
                states[row] = LEFT_OUT;
            } else {
                throw JavaValues.failed(function.signature(), false, AsyncCall.cause(failure));
            }
        }

        private void settle(int row, @Nullable Object value) {
            values[row] = value;
            states[row] = ANSWERED;
            open--;
        }

        private void emitAnswered() {
            int[] rows = new int[batch.size()];
            int count = 0;
            ColumnBuilder builder = ColumnBuilder.of(function.result(), batch.size());
            for (int row = 0; row < batch.size(); row++) {
                if (states[row] == ANSWERED) {
                    states[row] = EMITTED;
                    rows[count++] = row;
                    Values.append(function.result(), builder, values[row]);
                }
            }
            if (count == 0) {
                return;
            }
            Batch answered = count == batch.size() ? batch : batch.gather(rows, count);
            Column[] all = Arrays.copyOf(answered.columns(), answered.width() + 1);
            all[answered.width()] = builder.build();
            out.emit(new Batch(count, all, answered.rowtime(), answered.kinds(), answered.lane()));
        }
    }
}
