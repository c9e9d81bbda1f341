package io.laminar.benchmark;

import io.laminar.benchmark.flink.FlinkSqlEngine;
import io.laminar.benchmark.flink.FlinkSqlEngine.State;
import io.laminar.benchmark.kafka.TopicWindows;
import io.laminar.benchmark.laminar.LaminarEngine;
import io.laminar.benchmark.latency.Latencies;
import io.laminar.benchmark.latency.LatencyCase;
import io.laminar.benchmark.latency.LatencyRun;
import io.laminar.benchmark.nexmark.NexmarkEvents;
import io.laminar.benchmark.nexmark.NexmarkQueries;
import io.laminar.benchmark.roofline.Rooflines;
import io.laminar.benchmark.state.BytesPerKey;
import io.laminar.benchmark.state.CheckpointCost;
import io.laminar.benchmark.state.SpillCost;
import io.laminar.spi.batch.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code ./dev bench}: all measurements in one process, engines in turn, then the results page and the lines
 * {@code ratio NAME VALUE}.
 */
public final class Benchmark {
    /** Laminar gets more events than Flink so that it, too, runs long enough to be measured. */
    private static final int LAMINAR_FACTOR = 4;

    /** Enough that starting, and the wait for the last checkpoint, are not what is measured. */
    private static final long KAFKA_EVENTS = 8_000_000;

    private static final String HOP_COST = "hop_cost_60_against_5";

    private final BenchmarkOptions options;
    private final List<Samples> all = new ArrayList<>();

    private Benchmark(BenchmarkOptions options) {
        this.options = options;
    }

    /** See {@link BenchmarkOptions} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        new Benchmark(options).run();
        System.exit(0);
    }

    private void run() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        ResultsPage page = new ResultsPage(today, "./dev bench" + options.commandLine());
        rooflines(page);
        bytesPerKey(page);
        checkpoints(page);
        spill(page);
        jsonScan(page);
        kafka(page);
        latency(page);
        SettingRatios settings = new SettingRatios(options);
        boolean measuresSettings = !options.quick() && settings.selected();
        if (options.parallelisms().stream().anyMatch(p -> NexmarkRun.isSelected(options, p))
                || options.selects(HOP_COST)
                || measuresSettings) {
            overEvents(page, measuresSettings ? settings : null);
        }
        if (options.writesPage()) {
            Path file = options.results().resolve(options.pageName(today));
            page.write(file);
            Progress.say("results in " + file);
        }
        for (Samples samples : all) {
            ratio(samples.name(), samples.ratio());
        }
        if (all.isEmpty()) {
            Progress.say(
                    "no ratio is named like '" + options.only() + "'; the pages in benchmarks/results have all names");
        }
    }

    /** What is measured over Nexmark's events in memory; making them takes a while. */
    private void overEvents(ResultsPage page, @Nullable SettingRatios settings) throws Exception {
        List<Batch> events = NexmarkEvents.batches(options.flinkEvents() * LAMINAR_FACTOR);
        for (int parallelism : options.parallelisms()) {
            if (NexmarkRun.isSelected(options, parallelism)) {
                nexmark(page, events, parallelism);
            }
        }
        hopWidths(page, events);
        if (settings != null) {
            section(page, "What choices of the planner bring, parallelism 2", "without", settings.measure(events));
        }
    }

    private void nexmark(ResultsPage page, List<Batch> events, int parallelism) throws Exception {
        NexmarkRun run = new NexmarkRun(options, events, parallelism);
        List<Samples> queries = run.compare(NexmarkQueries.ALL, State.HEAP);
        List<Samples> parts = run.compare(NexmarkQueries.PARTS, State.HEAP);
        List<Samples> onDisk = parallelism == 1 ? run.compare(NexmarkQueries.JOINS, State.ROCKSDB) : List.of();
        List<Samples> perCore = parallelism == 1 ? run.perCore() : List.of();
        run.end();
        if (!queries.isEmpty()) {
            page.section("Nexmark, parallelism " + parallelism + ", engine reading", "Flink SQL", queries);
            double mean = Samples.geometricMean(queries);
            page.paragraph(
                    run.description() + String.format(Locale.ROOT, " Geometric mean of the ratios: **%.2f**.", mean));
            all.addAll(queries);
            Samples summary = new Samples("nexmark_geomean_p" + parallelism, "", "");
            summary.add(mean, 1);
            all.add(summary);
        }
        section(page, "Windows inside q5 and q7, alone, parallelism " + parallelism, "Flink SQL", parts);
        section(page, "Joins against Flink SQL with its state in RocksDB", "Flink SQL", onDisk);
        section(
                page,
                "Events per second of processor time against the best published figure per core",
                "best peer",
                perCore);
    }

    private void section(ResultsPage page, String title, String theirName, List<Samples> results) {
        if (!results.isEmpty()) {
            page.section(title, theirName, results);
            all.addAll(results);
        }
    }

    /** What a hop costs when every event is in 60 windows instead of 5. */
    private void hopWidths(ResultsPage page, List<Batch> events) throws Exception {
        String name = HOP_COST;
        if (!options.selects(name)) {
            return;
        }
        Progress.say(name);
        LaminarEngine.load(events);
        double count = count(events);
        Samples samples = new Samples(
                name, "cost of a hop of 60 panes against one of 5, 1,000 groups; lower is better", "events");
        String narrow = NexmarkQueries.groupedHop(5);
        String wide = NexmarkQueries.groupedHop(60);
        LaminarEngine.nexmark(narrow, 1);
        LaminarEngine.nexmark(wide, 1);
        for (int pair = 0; pair < options.pairs(); pair++) {
            double narrowRate = count / LaminarEngine.nexmark(narrow, 1);
            samples.add(narrowRate, count / LaminarEngine.nexmark(wide, 1));
        }
        LaminarEngine.unload();
        page.section("Hop of 1 s over 5 s (left) against 1 s over 60 s (right)", "60 panes", List.of(samples));
        all.add(samples);
    }

    private void jsonScan(ResultsPage page) throws Exception {
        String name = "json_scan";
        if (!options.selects(name)) {
            return;
        }
        Progress.say(name);
        Path folder = Files.createTempDirectory("laminar-bench");
        Path file = folder.resolve("bids.json");
        long lines = BidLines.file(NexmarkEvents.batches(options.flinkEvents()), file);
        try {
            Samples samples = new Samples(name, "JSON lines file to 4 of 6 columns", "rows");
            LaminarEngine.jsonScan(file);
            FlinkSqlEngine.jsonScan(file);
            for (int pair = 0; pair < options.pairs(); pair++) {
                double ours = lines / LaminarEngine.jsonScan(file);
                samples.add(ours, lines / FlinkSqlEngine.jsonScan(file));
            }
            page.section("JSON lines", "Flink JSON format", List.of(samples));
            all.add(samples);
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private void kafka(ResultsPage page) throws Exception {
        if (!options.selects(TopicWindows.NAME)) {
            return;
        }
        Progress.say(TopicWindows.NAME);
        List<Batch> events = NexmarkEvents.batches(KAFKA_EVENTS, TopicWindows.EVENTS_PER_SECOND);
        try (TopicWindows windows = TopicWindows.over(events)) {
            Samples samples = new Samples(TopicWindows.NAME, "JSON bids, counts per auction and 10 s, JSON", "rows");
            windows.bare();
            long results = windows.compare(windows.ours(), windows.theirs());
            double bare = 0;
            for (int pair = 0; pair < options.pairs(); pair++) {
                TopicWindows.Run ours = windows.ours();
                TopicWindows.Run theirs = windows.theirs();
                windows.compare(ours, theirs);
                double rows = windows.rows();
                samples.add(rows / ours.seconds(), rows / theirs.seconds());
                bare = Math.max(bare, rows / windows.bare() / 1e6);
            }
            Progress.say(samples, "Flink SQL");
            page.section("From Kafka to Kafka, exactly once", "Flink SQL", List.of(samples));
            page.paragraph(String.format(
                    Locale.ROOT,
                    "One broker, %,d rows in two partitions, %,d results, parallelism 1, a checkpoint every second."
                            + " Time is that of the whole job, starting it included. Both engines write the same rows."
                            + " A consumer that only reads them, and does nothing else, reads %.2f M/s.",
                    windows.rows(),
                    results,
                    bare));
            figure(TopicWindows.NAME + "_bare_consumer_m_s", bare);
            all.add(samples);
        }
    }

    private void latency(ResultsPage page) throws Exception {
        for (LatencyCase one : LatencyCase.ALL) {
            for (int parallelism : options.parallelisms()) {
                String name = one.name() + "_p" + parallelism;
                if (!options.selects(name)) {
                    continue;
                }
                Progress.say(name);
                Latencies delays = LatencyRun.run(one, parallelism, options.latencySeconds());
                page.paragraph(String.format(
                        Locale.ROOT,
                        "Delay of %s, %,d events per second, a checkpoint every second, parallelism %d, %,d rows:"
                                + " median **%.1f** ms, 99th percentile **%.1f** ms, maximum **%.1f** ms (%s).",
                        one.what(),
                        LatencyCase.RATE,
                        parallelism,
                        delays.count(),
                        delays.quantile(0.5),
                        delays.quantile(0.99),
                        delays.quantile(1),
                        name));
                figure(name + "_p50_ms", delays.quantile(0.5));
                figure(name + "_p99_ms", delays.quantile(0.99));
                figure(name + "_max_ms", delays.quantile(1));
            }
        }
    }

    private void rooflines(ResultsPage page) throws IOException {
        List<Samples> results = new ArrayList<>();
        for (Rooflines.Case roofline : Rooflines.ALL) {
            if (options.selects(roofline.name())) {
                Progress.say(roofline.name());
                results.add(roofline.measure(options.pairs(), options.rooflineSeconds()));
            }
        }
        if (!results.isEmpty()) {
            page.section("Rooflines", "hand-written loop", results);
            all.addAll(results);
        }
    }

    private void bytesPerKey(ResultsPage page) {
        if (options.selects(BytesPerKey.NAME)) {
            Progress.say(BytesPerKey.NAME);
            double bytes = BytesPerKey.measure();
            page.paragraph(String.format(
                    Locale.ROOT,
                    "State of `GROUP BY k` with count and sum of BIGINT, %,d keys: **%.1f** bytes of heap per key (%s).",
                    BytesPerKey.KEYS,
                    bytes,
                    BytesPerKey.NAME));
            figure(BytesPerKey.NAME, bytes);
        }
    }

    private void checkpoints(ResultsPage page) throws Exception {
        if (options.selects(CheckpointCost.NAME)) {
            Progress.say(CheckpointCost.NAME);
            CheckpointCost.Result result = CheckpointCost.measure();
            page.paragraph(result.describe());
            figure(CheckpointCost.NAME + "_state_mb", (double) (result.stateBytes() >> 20));
            figure(CheckpointCost.NAME + "_sync_ms", result.syncMillis());
            figure(CheckpointCost.NAME + "_whole_sync_ms", result.wholeSyncMillis());
            figure(CheckpointCost.NAME + "_longest_copy_ms", result.copyMillis());
            figure(CheckpointCost.NAME + "_restore_s", result.restoreSeconds());
            ratio(CheckpointCost.NAME + "_bytes_1_percent", result.changedShare());
        }
    }

    private void spill(ResultsPage page) {
        if (options.selects(SpillCost.NAME)) {
            Progress.say(SpillCost.NAME);
            SpillCost.Result result = SpillCost.measure();
            page.paragraph(result.describe());
            ratio(SpillCost.NAME + "_4_times_the_memory", result.ratio());
            figure(SpillCost.NAME + "_50m_keys_seconds", result.manySeconds());
            figure(SpillCost.NAME + "_50m_keys_heap_mb", (double) (result.manyHeap() >> 20));
        }
    }

    static double count(List<Batch> events) {
        return IntStream.range(0, events.size())
                .mapToLong(i -> events.get(i).size())
                .sum();
    }

    /** Something measured that is no ratio. */
    private static void figure(String name, double value) {
        System.out.printf(Locale.ROOT, "figure %s %.3f%n", name, value);
    }

    private static void ratio(String name, double value) {
        System.out.printf(Locale.ROOT, "ratio %s %.3f%n", name, value);
    }
}
