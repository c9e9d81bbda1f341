package io.laminar.benchmark.flink;

import io.laminar.benchmark.Stopwatch;
import io.laminar.spi.batch.Batch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Runs a query on Flink SQL at its best settings and tells how long it took. */
public final class FlinkSqlEngine {
    /** What is set for Flink; printed on the results page. */
    public static final Map<String, String> SETTINGS = Map.of(
            "pipeline.object-reuse", "true",
            "table.exec.mini-batch.enabled", "true",
            "table.exec.mini-batch.allow-latency", "2 s",
            "table.exec.mini-batch.size", "50000",
            "table.optimizer.agg-phase-strategy", "AUTO",
            "taskmanager.memory.managed.size", "512m",
            "taskmanager.memory.network.max", "256m",
            "table.local-time-zone", "UTC");

    private static final String NEXMARK = """
            CREATE TABLE nexmark (
              event_type INT,
              person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING,
                         `dateTime` TIMESTAMP(3), extra STRING>,
              auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT,
                          `dateTime` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
              bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING,
                      `dateTime` TIMESTAMP(3), extra STRING>,
              `dateTime` TIMESTAMP(3),
              WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '1' SECOND
            ) WITH ('connector' = 'bench-replay')
            """;

    private static final String BID = """
            CREATE VIEW bid AS
            SELECT bid.auction, bid.bidder, bid.price, bid.channel, bid.url, `dateTime`, bid.extra
            FROM nexmark WHERE event_type = 2
            """;

    private static final String AUCTION = """
            CREATE VIEW auction AS
            SELECT auction.id, auction.itemName, auction.description, auction.initialBid, auction.reserve, `dateTime`,
                   auction.expires, auction.seller, auction.category, auction.extra
            FROM nexmark WHERE event_type = 1
            """;

    private static final String PERSON = """
            CREATE VIEW person AS
            SELECT person.id, person.name, person.emailAddress, person.creditCard, person.city, person.state,
                   `dateTime`, person.extra
            FROM nexmark WHERE event_type = 0
            """;

    private static final String SIDE_INPUT =
            "CREATE TABLE side_input (`key` BIGINT, `value` STRING) WITH ('connector' = 'bench-side')";

    private static final String FILES = """
            CREATE TABLE sink (auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING,
                               dt STRING, hm STRING)
            PARTITIONED BY (dt, hm)
            WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv')
            """;

    /** Where Flink keeps its state. */
    public enum State {
        /** Objects on the heap: the faster one. */
        HEAP("hashmap"),
        /** RocksDB, for state beyond memory. */
        ROCKSDB("rocksdb");

        private final String backend;

        State(String backend) {
            this.backend = backend;
        }
    }

    private FlinkSqlEngine() {}

    /** Gives the events that the following runs replay. */
    public static void load(List<Batch> events) {
        ReplayedRows.set(NexmarkRows.of(events));
    }

    /** Frees the memory of the events. */
    public static void unload() {
        ReplayedRows.set(new org.apache.flink.table.data.RowData[0]);
    }

    /** Seconds for a query over the loaded events; its rows go to a sink that drops them. */
    public static double nexmark(String query, int parallelism, State state) throws Exception {
        return run(withEvents(parallelism, state), query);
    }

    /** Seconds for a query over the loaded events, until its rows are committed in files. */
    public static double nexmarkToFiles(String query, int parallelism, Path folder) throws Exception {
        StreamTableEnvironment tables = withEvents(parallelism, State.HEAP);
        Stopwatch.reset();
        tables.executeSql(FILES.formatted(folder.toUri()));
        tables.sqlQuery(query).executeInsert("sink").await();
        Stopwatch.ended(0);
        return Stopwatch.seconds();
    }

    private static StreamTableEnvironment withEvents(int parallelism, State state) {
        StreamTableEnvironment tables = environment(parallelism, state);
        tables.createTemporarySystemFunction("count_char", CountCharacter.class);
        tables.executeSql(NEXMARK);
        tables.executeSql(PERSON);
        tables.executeSql(AUCTION);
        tables.executeSql(BID);
        tables.executeSql(SIDE_INPUT);
        return tables;
    }

    /** Seconds to read four of the six columns of a file of bids. */
    public static double jsonScan(Path file) throws Exception {
        StreamTableEnvironment tables = environment(1, State.HEAP);
        tables.executeSql("""
                CREATE TABLE bids (auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING,
                                   `dateTime` TIMESTAMP(3))
                WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json',
                      'json.timestamp-format.standard' = 'ISO-8601')
                """.formatted(file.toUri()));
        return run(tables, "SELECT auction, price, channel, `dateTime` FROM bids");
    }

    /**
     * Seconds of a whole job, from its submission to its end; a checkpoint every second, state on the heap.
     *
     * @param statements tables of its own, and the INSERT at last
     */
    public static double job(List<String> statements) throws Exception {
        StreamTableEnvironment tables = environment(1, State.HEAP);
        tables.getConfig().set("execution.checkpointing.interval", "1 s");
        int last = statements.size() - 1;
        statements.subList(0, last).forEach(tables::executeSql);
        JobExecutionResult result = tables.executeSql(statements.get(last))
                .getJobClient()
                .orElseThrow()
                .getJobExecutionResult()
                .get();
        return result.getNetRuntime(TimeUnit.MILLISECONDS) / 1e3;
    }

    private static double run(StreamTableEnvironment tables, String query) throws Exception {
        Stopwatch.reset();
        var result = tables.sqlQuery(query);
        tables.createTemporaryTable(
                "sink",
                org.apache.flink.table.api.TableDescriptor.forConnector("bench-sink")
                        .schema(org.apache.flink.table.api.Schema.newBuilder()
                                .fromResolvedSchema(result.getResolvedSchema())
                                .build())
                        .build());
        result.executeInsert("sink").await();
        return Stopwatch.seconds();
    }

    private static StreamTableEnvironment environment(int parallelism, State state) {
        Configuration configuration = new Configuration();
        SETTINGS.forEach(configuration::setString);
        configuration.setString("state.backend.type", state.backend);
        configuration.setString("parallelism.default", String.valueOf(parallelism));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        return StreamTableEnvironment.create(
                environment,
                EnvironmentSettings.newInstance()
                        .inStreamingMode()
                        .withConfiguration(configuration)
                        .build());
    }
}
