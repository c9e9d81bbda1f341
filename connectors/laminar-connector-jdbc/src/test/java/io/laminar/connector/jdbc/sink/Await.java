package io.laminar.connector.jdbc.sink;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for conditions of other threads and processes. */
final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);

    private Await() {}

    static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + LIMIT);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The first answer that is no exception. */
    static <T> T value(Callable<T> answer) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        @Nullable Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                return answer.call();
            } catch (Exception e) {
                last = e;
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        throw new AssertionError("waited in vain for " + LIMIT, last);
    }
}
