package io.laminar.benchmark.latency;

import io.laminar.benchmark.TemporaryFolder;
import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./dev latency [SECONDS]}: how late results are on a cluster whose coordinator and workers are processes of their
 * own, with a report. Processes of one machine share the clock that rows are due by.
 */
public final class ClusterLatency {
    private static final int SECONDS = 60;
    private static final int WORKERS_AT_MOST = 2;
    private static final LaminarCluster.Size SIZE = new LaminarCluster.Size(1_500, "2g");

    private final Path results;
    private final int seconds;
    private final PrintStream terminal = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private ClusterLatency(Path results, int seconds) {
        this.results = results;
        this.seconds = seconds;
    }

    /** Takes the folder of results and, if not the usual, the seconds whose rows count. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SECONDS;
        new ClusterLatency(Path.of(arguments[0]), seconds).run();
        System.exit(0);
    }

    private void run() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        StringBuilder report = new StringBuilder(String.format(
                Locale.ROOT, """
                # Latency on a cluster, %s

                Made by `./dev latency`. A coordinator and workers with one slot each are processes of their own, on one machine with %d cores; %,d events per second, a checkpoint every second to a folder, rows of %d s count. Events happen at fixed times, whether or not the job keeps up. With two workers the rows of windows go from one to the other.

                | | delay of | workers | rows | median | 99th percentile | 99.9th | longest |
                |---|---|--:|--:|--:|--:|--:|--:|
                """, today, Runtime.getRuntime().availableProcessors(), LatencyCase.RATE, seconds));
        for (LatencyCase one : LatencyCase.ALL) {
            for (int workers = 1; workers <= WORKERS_AT_MOST; workers++) {
                String line = line(one, workers, measure(one, workers));
                terminal.print(line);
                report.append(line);
            }
        }
        Files.createDirectories(results);
        Files.writeString(results.resolve(today + "-latency.md"), report);
    }

    private static String line(LatencyCase one, int workers, Latencies delays) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %,d | %.1f ms | **%.1f ms** | %.1f ms | %.1f ms |%n",
                one.name(),
                one.what(),
                workers,
                delays.count(),
                delays.quantile(0.5),
                delays.quantile(0.99),
                delays.quantile(0.999),
                delays.quantile(1));
    }

    private Latencies measure(LatencyCase one, int workers) throws IOException, URISyntaxException {
        Path classes = Path.of(ClusterLatency.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Distribution distribution = Distribution.built().with(classes);
        try (TemporaryFolder folder = new TemporaryFolder();
                LaminarCluster cluster = LaminarCluster.start(distribution, folder.path(), SIZE, List.of())
                        .withWorkers(workers, 1)) {
            Path delays = Files.createDirectory(folder.path().resolve("delays"));
            Path sql = Files.writeString(folder.path().resolve("my.sql"), one.sql(workers, seconds, delays));
            ChildProcess.Ended run = cluster.laminar(
                            folder.path(),
                            "run",
                            "--cluster",
                            cluster.url(),
                            "-p",
                            String.valueOf(workers),
                            "--state",
                            folder.path().resolve("state").toString(),
                            sql.toString())
                    .end();
            if (run.code() != 0) {
                throw new IllegalStateException(run.err() + cluster.logs());
            }
            return Latencies.of(delays);
        }
    }
}
