package io.laminar.benchmark.latency;

import io.laminar.benchmark.TemporaryFolder;
import io.laminar.benchmark.laminar.LaminarEngine;
import java.io.IOException;

/** Runs pipelines over paced rows, embedded. */
public final class LatencyRun {
    private LatencyRun() {}

    /** Runs a case and returns the delays of the rows that were due in so many seconds. */
    public static Latencies run(LatencyCase one, int parallelism, int seconds)
            throws IOException, InterruptedException {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            LaminarEngine.job(one.sql(parallelism, seconds, folder.path()), parallelism);
            return Latencies.of(folder.path());
        }
    }
}
