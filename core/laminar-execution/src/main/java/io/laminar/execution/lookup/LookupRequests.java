package io.laminar.execution.lookup;

import io.laminar.plan.node.LookupPolicy;
import io.laminar.spi.batch.Column;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Asks a table for keys: in requests of the table's size, so many at a time as its policy says, failed ones again. Requests
 * for one batch may be started while those for others are under way.
 */
final class LookupRequests implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 50;

    private final KeyedTable table;
    private final LookupPolicy policy;
    private final Semaphore room;

    /** Takes the answer to the keys from {@code first} on. */
    @FunctionalInterface
    interface Answers {
        void take(int first, LookupAnswer answer);
    }

    private record Request(int first, CompletableFuture<LookupAnswer> answer) {}

    /** The requests for the keys of one batch. */
    final class Requests {
        private final List<Request> requests;
        private final CompletableFuture<?> all;

        Requests(List<Request> requests) {
            this.requests = requests;
            this.all = CompletableFuture.allOf(
                    requests.stream().map(Request::answer).toArray(CompletableFuture<?>[]::new));
        }

        /** Done when every request is, or failed for good. */
        CompletableFuture<?> all() {
            return all;
        }

        /**
         * Hands on the answers.
         *
         * @throws LaminarException if a request failed for good
         */
        void take(Answers answers) {
            for (Request request : requests) {
                try {
                    answers.take(request.first(), request.answer().join());
                } catch (CompletionException e) {
                    throw failed(cause(e));
                }
            }
        }
    }

    LookupRequests(KeyedTable table, LookupPolicy policy) {
        this.table = table;
        this.policy = policy;
        this.room = new Semaphore(policy.capacity());
    }

    /** Asks for keys; waits while too many requests are under way. */
    Requests start(Column[] keys, int count) {
        List<Request> requests = new ArrayList<>();
        int size = table.requestSize();
        for (int first = 0; first < count; first += size) {
            int[] rows = IntStream.range(first, Math.min(count, first + size)).toArray();
            Column[] some = new Column[keys.length];
            for (int c = 0; c < keys.length; c++) {
                some[c] = keys[c].gather(rows, rows.length);
            }
            try {
                room.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while lookups were under way", e);
            }
            requests.add(new Request(
                    first,
                    ask(some, rows.length, policy.retries(), FIRST_PAUSE_MILLIS)
                            .whenComplete((answer, failure) -> room.release())));
        }
        return new Requests(requests);
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
