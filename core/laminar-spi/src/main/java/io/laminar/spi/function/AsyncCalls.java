package io.laminar.spi.function;

import java.io.Serializable;

/**
 * How an asynchronous function is called.
 *
 * @param ordered whether rows leave in the order in which they came, also those that are answered sooner
 * @param timeout microseconds after which a call counts as failed
 * @param concurrency calls that one subtask has under way at the same time
 * @param retries how often a call that failed is tried again
 */
public record AsyncCalls(boolean ordered, long timeout, int concurrency, int retries) implements Serializable {
    /** What holds where nothing is said. */
    public static final AsyncCalls DEFAULT = new AsyncCalls(true, 60_000_000, 100, 0);
}
