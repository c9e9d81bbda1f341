package io.laminar.benchmark.kafka;

import io.laminar.benchmark.flink.FlinkSqlEngine;
import io.laminar.benchmark.laminar.LaminarEngine;
import io.laminar.spi.batch.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Bids in JSON from a topic, counted per auction in windows of ten seconds, into another topic in transactions that are
 * committed every second. Time is that of the whole job, from its submission until the last transaction is committed.
 */
public final class TopicWindows implements AutoCloseable {
    public static final String NAME = "kafka_windows";
    private static final int PARTITIONS = 2;

    /** Of Nexmark's events: an auction is new in every 17th, and a window has some 6,000 auctions. */
    public static final double EVENTS_PER_SECOND = 10_000;

    private static final String LAMINAR = """
            SET checkpoint_interval = '1 second';
            CREATE TABLE bids (auction BIGINT, bidder BIGINT, price BIGINT, channel TEXT, url TEXT,
                               `dateTime` TIMESTAMP NOT NULL,
                               WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '1 second')
            WITH (connector = 'kafka', bootstrap_servers = '%1$s', topic = '%2$s', format = 'json',
                  source.offset = 'earliest', source.bounded = true);
            CREATE TABLE counts (auction BIGINT, start TIMESTAMP, bids BIGINT)
            WITH (connector = 'kafka', bootstrap_servers = '%1$s', topic = '%3$s', format = 'json',
                  sink.commit_mode = 'exactly_once');
            INSERT INTO counts
            SELECT auction, window.start, count(*)
            FROM (SELECT auction, tumble(INTERVAL '10 seconds') AS window FROM bids)
            GROUP BY auction, window
            """;

    /** With the sizes of fetches and batches that Laminar sets itself: Flink's own are those of Kafka's clients. */
    private static final List<String> FLINK = List.of("""
            CREATE TABLE bids (auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING,
                               `dateTime` TIMESTAMP(3),
                               WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '1' SECOND)
            WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = '%1$s', 'topic' = '%2$s',
                  'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601',
                  'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
                  'properties.max.poll.records' = '16384', 'properties.max.partition.fetch.bytes' = '4194304',
                  'properties.receive.buffer.bytes' = '-1')
            """, """
            CREATE TABLE counts (auction BIGINT, `start` TIMESTAMP(3), bids BIGINT)
            WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = '%1$s', 'topic' = '%3$s',
                  'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601',
                  'sink.delivery-guarantee' = 'exactly-once', 'sink.transactional-id-prefix' = '%3$s',
                  'properties.transaction.timeout.ms' = '900000', 'properties.batch.size' = '131072')
            """, """
            INSERT INTO counts
            SELECT auction, window_start, count(*)
            FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
            GROUP BY auction, window_start, window_end
            """);

    private final BenchmarkTopics topics;
    private final String input;
    private final long rows;

    private TopicWindows(BenchmarkTopics topics, String input, long rows) {
        this.topics = topics;
        this.input = input;
        this.rows = rows;
    }

    /** Starts a broker and gives it the bids among events. */
    public static TopicWindows over(List<Batch> events) throws IOException, InterruptedException {
        BenchmarkTopics topics = BenchmarkTopics.start();
        String input = topics.create("bids", PARTITIONS);
        return new TopicWindows(topics, input, topics.fill(input, events));
    }

    /** Bids in the topic. */
    public long rows() {
        return rows;
    }

    /** Reads the topic with nothing but a consumer that has the settings of Laminar's; seconds. No engine is faster. */
    public double bare() {
        return topics.read(input, rows);
    }

    /** Runs Laminar; seconds. */
    public Run ours() throws InterruptedException {
        String output = topics.create("laminar", 1);
        double seconds = LaminarEngine.job(LAMINAR.formatted(topics.servers(), input, output), 1);
        return new Run(seconds, output);
    }

    /** Runs Flink SQL. */
    public Run theirs() throws Exception {
        String output = topics.create("flink", 1);
        List<String> statements = new ArrayList<>();
        FLINK.forEach(statement -> statements.add(statement.formatted(topics.servers(), input, output)));
        return new Run(FlinkSqlEngine.job(statements), output);
    }

    /**
     * What a run came to.
     *
     * @param output the topic it wrote
     */
    public record Run(double seconds, String output) {}

    /** Fails unless two runs have written the same rows; returns their number. */
    public long compare(Run ours, Run theirs) {
        List<String> a = topics.sorted(ours.output());
        List<String> b = topics.sorted(theirs.output());
        if (a.isEmpty() || !a.equals(b)) {
            List<String> more = new ArrayList<>(a);
            more.removeAll(b);
            throw new IllegalStateException("Laminar wrote " + a.size() + " rows, Flink SQL " + b.size()
                    + "; only Laminar: " + more.stream().limit(5).toList());
        }
        return a.size();
    }

    @Override
    public void close() {
        topics.close();
    }
}
