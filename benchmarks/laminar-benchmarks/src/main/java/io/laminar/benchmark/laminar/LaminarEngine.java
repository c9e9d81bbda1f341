package io.laminar.benchmark.laminar;

import io.laminar.benchmark.Stopwatch;
import io.laminar.connector.Connectors;
import io.laminar.execution.Operators;
import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.plan.StreamPlan;
import io.laminar.spi.batch.Batch;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PlannerContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a query on Laminar the way {@code laminar run} does and tells how long it took. */
public final class LaminarEngine {
    /**
     * Settings that are not the defaults. As Flink's heap state has no limit, neither has ours: the events that are
     * replayed take a part of the heap that a pipeline of its own would have for its state.
     */
    public static final Map<String, String> SETTINGS = Map.of("state_memory", "8 GB");

    private static final String NEXMARK = """
            SET parallelism = %d;
            SET state_memory = '%s';
            SET checkpoint_interval = INTERVAL '1 day';
            CREATE TABLE nexmark WITH (connector = 'bench_replay');
            CREATE TABLE side_input (key BIGINT, value TEXT) WITH (connector = 'bench_side', type = 'lookup');
            CREATE VIEW person AS
            SELECT person.id, person.name, person.emailAddress, person.creditCard, person.city, person.state,
                   row_time() AS `dateTime`, person.extra
            FROM nexmark WHERE person IS NOT NULL;
            CREATE VIEW auction AS
            SELECT auction.id, auction.itemName, auction.description, auction.initialBid, auction.reserve,
                   row_time() AS `dateTime`, auction.expires, auction.seller, auction.category, auction.extra
            FROM nexmark WHERE auction IS NOT NULL;
            CREATE VIEW bid AS
            SELECT bid.auction, bid.bidder, bid.price, bid.channel, bid.url, row_time() AS `dateTime`, bid.extra
            FROM nexmark WHERE bid IS NOT NULL;
            """;

    private static final String NO_SINK = "CREATE TABLE sink WITH (connector = 'bench_sink') AS ";

    private static final String FILES = """
            CREATE TABLE sink WITH (connector = 'filesystem', path = '%s', format = 'csv',
                                    partitioning.fields = ['dt', 'hm']) AS
            """;

    private static final String BIDS = """
            SET checkpoint_interval = INTERVAL '1 day';
            CREATE TABLE bids (auction BIGINT, bidder BIGINT, price BIGINT, channel TEXT, url TEXT,
                               `dateTime` TIMESTAMP)
            WITH (connector = 'single_file', path = '%s', format = 'json');
            CREATE TABLE sink WITH (connector = 'bench_sink') AS
            SELECT auction, price, channel, `dateTime` FROM bids
            """;

    private LaminarEngine() {}

    private static String tables(int parallelism) {
        return NEXMARK.formatted(parallelism, SETTINGS.get("state_memory"));
    }

    /** Gives the events that the following runs replay. */
    public static void load(List<Batch> events) {
        ReplayedBatches.set(events);
    }

    /** Frees the memory of the events. */
    public static void unload() {
        ReplayedBatches.set(List.of());
    }

    /** Seconds for a query over the loaded events; its rows go to a sink that drops them. */
    public static double nexmark(String query, int parallelism) throws InterruptedException {
        return run(tables(parallelism) + NO_SINK + query, parallelism, () -> {});
    }

    /** The same with more settings, as statements. */
    public static double nexmark(String settings, String query, int parallelism) throws InterruptedException {
        return run(tables(parallelism) + settings + NO_SINK + query, parallelism, () -> {});
    }

    /** Seconds for a query over the loaded events, until its rows are committed in files. */
    public static double nexmarkToFiles(String query, int parallelism, Path folder) throws InterruptedException {
        run(tables(parallelism) + FILES.formatted(folder) + query, parallelism, () -> Stopwatch.ended(0));
        return Stopwatch.seconds();
    }

    /** Seconds to read four of the six columns of a file of bids. */
    public static double jsonScan(Path file) throws InterruptedException {
        return run(BIDS.formatted(file), 1, () -> {});
    }

    /** Seconds of a whole job with tables of its own, from its submission to its end. */
    public static double job(String pipeline, int parallelism) throws InterruptedException {
        StreamPlan plan = plan(pipeline);
        try (JobRuntime runtime = JobRuntime.start(parallelism)) {
            long start = System.nanoTime();
            runtime.submit(request(plan)).await();
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static StreamPlan plan(String pipeline) {
        return PipelineCompiler.compile(pipeline, PlannerContext.of(new ConnectorCatalog()))
                .plan();
    }

    private static JobRequest request(StreamPlan plan) {
        return JobRequest.of(
                "benchmark", plan, node -> Operators.builtin(Connectors::lookup).create(node), null);
    }

    private static double run(String pipeline, int parallelism, Runnable atEnd) throws InterruptedException {
        StreamPlan plan = plan(pipeline);
        Stopwatch.reset();
        try (JobRuntime runtime = JobRuntime.start(parallelism)) {
            runtime.submit(request(plan)).await();
            atEnd.run();
        }
        return Stopwatch.seconds();
    }
}
