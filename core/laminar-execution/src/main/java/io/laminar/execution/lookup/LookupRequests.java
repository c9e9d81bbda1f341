package io.laminar.execution.lookup;

import io.laminar.plan.node.LookupPolicy;
import io.laminar.spi.batch.Column;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Asks a table for the keys of one batch: in requests of the table's size, several at a time, failed ones again. Returns
 * when all are answered, so nothing is under way when a checkpoint is taken.
 */
final class LookupRequests implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 50;

    private final KeyedTable table;
    private final LookupPolicy policy;

    /** Takes the answer to the keys from {@code first} on. */
    @FunctionalInterface
    interface Answers {
        void take(int first, LookupAnswer answer);
    }

    private record Pending(int first, CompletableFuture<LookupAnswer> answer) {}

    LookupRequests(KeyedTable table, LookupPolicy policy) {
        this.table = table;
        this.policy = policy;
    }

    void find(Column[] keys, int count, Answers answers) {
        Queue<Pending> pending = new ArrayDeque<>();
        int size = table.requestSize();
        for (int first = 0; first < count; first += size) {
            if (pending.size() == policy.capacity()) {
                take(pending.remove(), answers);
            }
            int[] rows = IntStream.range(first, Math.min(count, first + size)).toArray();
            Column[] some = new Column[keys.length];
            for (int c = 0; c < keys.length; c++) {
                some[c] = keys[c].gather(rows, rows.length);
            }
            pending.add(new Pending(first, ask(some, rows.length, policy.retries(), FIRST_PAUSE_MILLIS)));
        }
        while (!pending.isEmpty()) {
            take(pending.remove(), answers);
        }
    }

    private CompletableFuture<LookupAnswer> ask(Column[] keys, int count, int retries, long pauseMillis) {
        return request(keys, count)
                .orTimeout(policy.timeout(), TimeUnit.MICROSECONDS)
                .exceptionallyCompose(failure -> {
                    Throwable cause = cause(failure);
                    if (retries == 0 || cause instanceof LaminarException) {
                        return CompletableFuture.failedFuture(cause);
                    }
                    Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS);
                    return CompletableFuture.supplyAsync(() -> null, later)
                            .thenCompose(unused -> ask(keys, count, retries - 1, pauseMillis * 2));
                });
    }

    private CompletableFuture<LookupAnswer> request(Column[] keys, int count) {
        CompletionStage<LookupAnswer> answer;
        try {
            answer = table.find(keys, count);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.toCompletableFuture();
    }

    private void take(Pending request, Answers answers) {
        try {
            answers.take(request.first(), request.answer().join());
        } catch (CompletionException e) {
            throw failed(cause(e));
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private LaminarException failed(Throwable cause) {
        if (cause instanceof LaminarException known) {
            return known;
        }
        String reason = cause instanceof TimeoutException
                ? "no answer within " + policy.timeout() / 1_000_000.0 + " s"
                : cause.getMessage();
        return new LaminarException(
                ErrorCode.LOOKUP_FAILED,
                "a lookup failed " + (policy.retries() + 1) + " times: " + reason,
                null,
                "look at the outside system; lookup.retries says how often to ask again",
                cause);
    }

    @Override
    public void close() {
        table.close();
    }
}
