package io.laminar.flink.metrics;

/**
 * How long after its event time a row reaches a sink, over the last 10 to 20 seconds: the clock of the sink's process
 * when it takes a batch, less the event time of the batch's last row, weighted by the rows of the batch. It holds
 * everything: waiting outside, windows that had to end, rows in between; old rows that are read again are as late as
 * they are old. Rows of aggregations have the time of what they were made of. Rows without event time do not count.
 *
 * <p>Percentiles of several subtasks are those of the slowest: percentiles cannot be added.
 *
 * @param p50 microseconds, exact to an eighth; -1 if no row came, as all others
 */
public record Latency(long p50, long p95, long p99) {
    public static final Latency NONE = new Latency(-1, -1, -1);

    public boolean isKnown() {
        return p50 >= 0;
    }

    /** The slower of both. */
    Latency max(Latency other) {
        return new Latency(Math.max(p50, other.p50), Math.max(p95, other.p95), Math.max(p99, other.p99));
    }
}
