package io.laminar.benchmark;

import io.laminar.benchmark.flink.FlinkSqlEngine;
import io.laminar.benchmark.laminar.LaminarEngine;
import io.laminar.benchmark.nexmark.NexmarkEvents;
import io.laminar.benchmark.nexmark.NexmarkQueries;
import io.laminar.benchmark.nexmark.NexmarkQuery;
import io.laminar.benchmark.roofline.Rooflines;
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

/**
 * The command {@code ./dev bench}: all measurements in one process, engines in turn, then the results page and the lines
 * {@code ratio NAME VALUE}.
 */
public final class Benchmark {
    /** Laminar gets more events than Flink so that it, too, runs long enough to be measured. */
    private static final int LAMINAR_FACTOR = 4;

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
        jsonScan(page);
        List<Batch> events = NexmarkEvents.batches(options.flinkEvents() * LAMINAR_FACTOR);
        for (int parallelism : options.parallelisms()) {
            nexmark(page, events, parallelism);
        }
        hopWidths(page, events);
        if (options.writesPage()) {
            Path file = options.results().resolve(options.pageName(today));
            page.write(file);
            progress("results in " + file);
        }
        for (Samples samples : all) {
            ratio(samples.name(), samples.ratio());
        }
    }

    private void nexmark(ResultsPage page, List<Batch> events, int parallelism) throws Exception {
        List<Samples> results = new ArrayList<>();
        List<Batch> flinkEvents = prefix(events, options.flinkEvents());
        FlinkSqlEngine.load(flinkEvents);
        LaminarEngine.load(events);
        double flinkCount = count(flinkEvents);
        double laminarCount = count(events);
        for (NexmarkQuery query : NexmarkQueries.ALL) {
            String name = "nexmark_" + query.name() + "_p" + parallelism;
            if (!options.selects(name)) {
                continue;
            }
            progress(name);
            Samples samples = new Samples(name, query.what(), "events");
            warmUp(query, events, flinkEvents, parallelism);
            for (int pair = 0; pair < options.pairs(); pair++) {
                double ours = laminarCount / LaminarEngine.nexmark(query.laminar(), parallelism);
                samples.add(ours, flinkCount / FlinkSqlEngine.nexmark(query.flink(), parallelism));
            }
            results.add(samples);
            progress(samples);
        }
        FlinkSqlEngine.unload();
        LaminarEngine.unload();
        if (!results.isEmpty()) {
            page.section("Nexmark, parallelism " + parallelism + ", engine reading", "Flink SQL", results);
            double mean = Samples.geometricMean(results);
            page.paragraph(String.format(
                    Locale.ROOT,
                    "Both engines are handed the same events, made beforehand, in their own native form; time runs from"
                            + " the first event to the end of the sink. Laminar runs over %.1f M events, Flink SQL over the"
                            + " first %.1f M of them. Geometric mean of the ratios: **%.2f**.",
                    laminarCount / 1e6,
                    flinkCount / 1e6,
                    mean));
            all.addAll(results);
            Samples summary = new Samples("nexmark_geomean_p" + parallelism, "", "");
            summary.add(mean, 1);
            all.add(summary);
        }
    }

    /** Runs both once over the same events, which must give the same number of rows. */
    private static void warmUp(NexmarkQuery query, List<Batch> events, List<Batch> flinkEvents, int parallelism)
            throws Exception {
        FlinkSqlEngine.nexmark(query.flink(), parallelism);
        long theirs = Stopwatch.rows();
        LaminarEngine.load(flinkEvents);
        LaminarEngine.nexmark(query.laminar(), parallelism);
        long ours = Stopwatch.rows();
        LaminarEngine.load(events);
        if (query.appends() && ours != theirs) {
            throw new IllegalStateException(
                    query.name() + ": Laminar gave " + ours + " rows, Flink SQL " + theirs + " over the same events");
        }
        LaminarEngine.nexmark(query.laminar(), parallelism);
    }

    /** What a hop costs when every event is in 60 windows instead of 5. */
    private void hopWidths(ResultsPage page, List<Batch> events) throws Exception {
        String name = "hop_cost_60_against_5";
        if (!options.selects(name)) {
            return;
        }
        progress(name);
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
        progress(name);
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

    private void rooflines(ResultsPage page) throws IOException {
        List<Samples> results = new ArrayList<>();
        for (Rooflines.Case roofline : Rooflines.ALL) {
            if (options.selects(roofline.name())) {
                progress(roofline.name());
                results.add(roofline.measure(options.pairs(), options.rooflineSeconds()));
            }
        }
        if (!results.isEmpty()) {
            page.section("Rooflines", "hand-written loop", results);
            all.addAll(results);
        }
    }

    private static List<Batch> prefix(List<Batch> events, long count) {
        int batches = (int) ((count + Batch.TARGET_ROWS - 1) / Batch.TARGET_ROWS);
        return events.subList(0, Math.min(batches, events.size()));
    }

    private static double count(List<Batch> events) {
        return IntStream.range(0, events.size())
                .mapToLong(i -> events.get(i).size())
                .sum();
    }

    private static void progress(Samples samples) {
        progress(String.format(
                Locale.ROOT,
                "%s: Laminar %.2f M/s, Flink SQL %.2f M/s, ratio %.2f",
                samples.name(),
                samples.ourMedian() / 1e6,
                samples.theirMedian() / 1e6,
                samples.ratio()));
    }

    private static void progress(String what) {
        System.err.println("bench: " + what);
    }

    private static void ratio(String name, double value) {
        System.out.printf(Locale.ROOT, "ratio %s %.3f%n", name, value);
    }
}
