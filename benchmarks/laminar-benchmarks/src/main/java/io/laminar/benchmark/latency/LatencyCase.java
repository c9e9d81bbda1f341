package io.laminar.benchmark.latency;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A pipeline over paced rows, with a checkpoint every second, that tells how late its results are.
 *
 * @param what is measured, for people
 * @param query whose results have the column {@code due}
 */
public record LatencyCase(String name, String what, String query) {
    /** Rows per second. */
    public static final int RATE = 100_000;

    /** Before rows count: the first ones meet a cold JVM, and those that wait for it hold up others. */
    private static final int WARM_UP_SECONDS = 10;

    public static final List<LatencyCase> ALL = List.of(
            new LatencyCase("latency_pass", "every event, from when it happens", "SELECT key, due FROM events"),
            new LatencyCase("latency_window", "counts per key and 200 ms, from the end of the window", """
                    SELECT key, count(*) AS events, window.end AS due
                    FROM (SELECT key, tumble(INTERVAL '200 milliseconds') AS window FROM events)
                    GROUP BY key, window
                    """));

    /**
     * The pipeline; it ends by itself.
     *
     * @param seconds whose rows count
     * @param folder that gets the delays
     */
    String sql(int parallelism, int seconds, Path folder) {
        return String.format(
                Locale.ROOT,
                """
                SET checkpoint_interval = '1 second';
                SET parallelism = %d;
                CREATE TABLE events (key BIGINT NOT NULL, due TIMESTAMP NOT NULL, WATERMARK FOR due AS due)
                WITH (connector = 'bench_paced', rate = %d, rows = %d);
                CREATE TABLE results WITH (connector = 'bench_latency', folder = '%s', warm_up = %d) AS
                %s
                """,
                parallelism,
                RATE,
                (long) RATE * (seconds + WARM_UP_SECONDS),
                folder,
                WARM_UP_SECONDS,
                query);
    }
}
