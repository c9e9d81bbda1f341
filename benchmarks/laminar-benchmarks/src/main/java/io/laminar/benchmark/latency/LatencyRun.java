package io.laminar.benchmark.latency;

import io.laminar.benchmark.laminar.LaminarEngine;
import java.util.List;
import java.util.Locale;

/** Runs pipelines over paced rows, embedded, with a checkpoint every second, and tells how late their results are. */
public final class LatencyRun {
    /** Rows per second. */
    public static final int RATE = 100_000;

    /** Before rows count: the first ones meet a cold JVM, and those that wait for it hold up others. */
    private static final int WARM_UP_SECONDS = 10;

    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /** What is measured. */
    public static final List<Case> ALL = List.of(
            new Case("latency_pass", "every event, from when it happens", "SELECT key, due FROM events"),
            new Case("latency_window", "counts per key and 200 ms, from the end of the window", """
                    SELECT key, count(*) AS events, window.end AS due
                    FROM (SELECT key, tumble(INTERVAL '200 milliseconds') AS window FROM events)
                    GROUP BY key, window
                    """));

    private static volatile Latencies latencies = new Latencies();
    private static volatile long measuredFrom;

    private LatencyRun() {}

    /**
     * A query whose results have the column {@code due}.
     *
     * @param what is measured, for people
     */
    public record Case(String name, String what, String query) {}

    /** Runs a case and returns the delays of the rows that were due in so many seconds. */
    public static Latencies run(Case one, int parallelism, int seconds) throws InterruptedException {
        Latencies measured = new Latencies();
        latencies = measured;
        measuredFrom = System.nanoTime() / NANOS_PER_MICRO + WARM_UP_SECONDS * MICROS;
        long rows = (long) RATE * (seconds + WARM_UP_SECONDS);
        LaminarEngine.job(String.format(Locale.ROOT, """
            SET checkpoint_interval = '1 second';
            SET parallelism = %d;
            CREATE TABLE events (key BIGINT NOT NULL, due TIMESTAMP NOT NULL, WATERMARK FOR due AS due)
            WITH (connector = 'bench_paced', rate = %d, rows = %d);
            CREATE TABLE results WITH (connector = 'bench_latency') AS
            %s
            """, parallelism, RATE, rows, one.query()), parallelism);
        return measured;
    }

    static Latencies latencies() {
        return latencies;
    }

    /** When rows have to be due to count, in microseconds of {@link System#nanoTime}. */
    static long measuredFrom() {
        return measuredFrom;
    }
}
