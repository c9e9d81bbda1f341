package io.laminar.benchmark;

import io.laminar.benchmark.flink.FlinkSqlEngine;
import io.laminar.benchmark.flink.FlinkSqlEngine.State;
import io.laminar.benchmark.laminar.LaminarEngine;
import io.laminar.benchmark.nexmark.NexmarkQueries;
import io.laminar.benchmark.nexmark.NexmarkQuery;
import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The queries of Nexmark over events held in memory, on both engines in turn. */
final class NexmarkRun {
    /** Published events per second and core of the best of the other engines. */
    private static final Map<String, Double> PEER_PER_CORE = Map.of(
            "q3", 413e3, "q4", 265e3, "q5", 412e3, "q7", 196e3, "q9", 57e3, "q16", 51e3, "q18", 85e3, "q20", 85e3);

    private final BenchmarkOptions options;
    private final List<Batch> events;
    private final List<Batch> flinkEvents;
    private final int parallelism;

    NexmarkRun(BenchmarkOptions options, List<Batch> events, int parallelism) {
        this.options = options;
        this.events = events;
        this.flinkEvents = prefix(events, options.flinkEvents());
        this.parallelism = parallelism;
        FlinkSqlEngine.load(flinkEvents);
        LaminarEngine.load(events);
    }

    /** Whether there is anything to measure. */
    static boolean isSelected(BenchmarkOptions options, int parallelism) {
        Stream<String> inHeap = Stream.of(NexmarkQueries.ALL, NexmarkQueries.PARTS)
                .flatMap(List::stream)
                .map(query -> name(query, State.HEAP, parallelism));
        Stream<String> alone = parallelism != 1
                ? Stream.empty()
                : Stream.concat(
                        NexmarkQueries.JOINS.stream().map(query -> name(query, State.ROCKSDB, parallelism)),
                        NexmarkQueries.ALL.stream()
                                .filter(query -> PEER_PER_CORE.containsKey(query.name()))
                                .map(NexmarkRun::perCoreName));
        return Stream.concat(inHeap, alone).anyMatch(options::selects);
    }

    private static String name(NexmarkQuery query, State state, int parallelism) {
        return "nexmark_" + query.name() + (state == State.HEAP ? "" : "_rocksdb") + "_p" + parallelism;
    }

    private static String perCoreName(NexmarkQuery query) {
        return "nexmark_" + query.name() + "_per_core";
    }

    private static List<Batch> prefix(List<Batch> events, long count) {
        int batches = (int) ((count + Batch.TARGET_ROWS - 1) / Batch.TARGET_ROWS);
        return events.subList(0, Math.min(batches, events.size()));
    }

    /** Frees the memory of the events. */
    void end() {
        FlinkSqlEngine.unload();
        LaminarEngine.unload();
    }

    String description() {
        return String.format(
                Locale.ROOT,
                "Both engines are handed the same events, made beforehand, in their own native form; time runs from"
                        + " the first event to the end of the sink. Laminar runs over %.1f M events, Flink SQL over the"
                        + " first %.1f M of them.",
                Benchmark.count(events) / 1e6,
                Benchmark.count(flinkEvents) / 1e6);
    }

    /** Rates of those of the queries that are selected and that Flink SQL can run. */
    List<Samples> compare(List<NexmarkQuery> queries, State state) throws Exception {
        List<Samples> results = new ArrayList<>();
        for (NexmarkQuery query : queries) {
            String name = name(query, state, parallelism);
            if (query.flink() == null || !options.selects(name)) {
                continue;
            }
            Progress.say(name);
            Samples samples = new Samples(name, query.what(), "events");
            theirs(query, state);
            ours(query);
            for (int pair = 0; pair < options.pairs(); pair++) {
                double ours = Benchmark.count(events) / ours(query);
                samples.add(ours, Benchmark.count(flinkEvents) / theirs(query, state));
            }
            results.add(samples);
            Progress.say(samples, "Flink SQL");
        }
        return results;
    }

    private double ours(NexmarkQuery query) throws Exception {
        if (query.sink() == NexmarkQuery.Sink.NONE) {
            return LaminarEngine.nexmark(query.laminar(), parallelism);
        }
        try (TemporaryFolder folder = new TemporaryFolder()) {
            return LaminarEngine.nexmarkToFiles(query.laminar(), parallelism, folder.path());
        }
    }

    private double theirs(NexmarkQuery query, State state) throws Exception {
        String sql = Objects.requireNonNull(query.flink());
        if (query.sink() == NexmarkQuery.Sink.NONE) {
            return FlinkSqlEngine.nexmark(sql, parallelism, state);
        }
        try (TemporaryFolder folder = new TemporaryFolder()) {
            return FlinkSqlEngine.nexmarkToFiles(sql, parallelism, folder.path());
        }
    }

    /** Laminar's rates per second of processor time against what others have published per core. */
    List<Samples> perCore() throws Exception {
        List<Samples> results = new ArrayList<>();
        for (NexmarkQuery query : NexmarkQueries.ALL) {
            Double peer = PEER_PER_CORE.get(query.name());
            String name = perCoreName(query);
            if (peer == null || !options.selects(name)) {
                continue;
            }
            Samples samples = new Samples(name, query.what(), "events");
            LaminarEngine.nexmark(query.laminar(), parallelism);
            for (int run = 0; run < options.pairs(); run++) {
                LaminarEngine.nexmark(query.laminar(), parallelism);
                samples.add(Benchmark.count(events) / Stopwatch.cpuSeconds(), peer);
            }
            results.add(samples);
            Progress.say(samples, "best peer");
        }
        return results;
    }
}
