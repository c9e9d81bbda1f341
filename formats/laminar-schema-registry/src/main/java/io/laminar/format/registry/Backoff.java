package io.laminar.format.registry;

import java.time.Duration;

/**
 * How often and how late a request that failed is made again: the wait doubles from one time to the next.
 *
 * @param attempts requests in all
 * @param first wait before the second request
 */
record Backoff(int attempts, Duration first, Pause pause) {

    /** How waiting is done. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    static final Backoff DEFAULT = new Backoff(5, Duration.ofMillis(200), time -> Thread.sleep(time.toMillis()));

    void before(int attempt) throws InterruptedException {
        pause.of(first.multipliedBy(1L << attempt - 1));
    }
}
