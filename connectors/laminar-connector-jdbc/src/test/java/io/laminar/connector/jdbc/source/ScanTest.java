package io.laminar.connector.jdbc.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.JobContext;
import io.laminar.connector.TableUse;
import io.laminar.connector.jdbc.JdbcConnector;
import io.laminar.connector.jdbc.Servers;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.ColumnCondition.Comparison;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of PostgreSQL that are read: each row once, through failures too. */
@Timeout(120)
class ScanTest {
    private static final int ROWS = 30_000;
    private static final long DAY = 86_400_000_000L;
    private static final Field[] COLUMNS = {
        new Field("ID", Scalar.BIGINT, false),
        new Field("name", Scalar.TEXT),
        new Field("price", new Decimal(10, 2)),
        new Field("at", Scalar.TIMESTAMP)
    };

    @BeforeAll
    static void table() throws SQLException {
        Servers.execute(
                Servers.postgres(),
                "DROP TABLE IF EXISTS scanned",
                "CREATE TABLE scanned (id BIGINT, name TEXT, price NUMERIC(10, 2), at TIMESTAMP, day TIMESTAMPTZ,"
                        + " part INT, other TEXT)",
                "INSERT INTO scanned SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE 'ü' || i END, i / 4.0,"
                        + " TIMESTAMP '2024-01-01' + i * INTERVAL '1 second', TIMESTAMPTZ '2024-01-01Z' + i * INTERVAL"
                        + " '1 minute', CASE WHEN i % 5 = 0 THEN NULL ELSE i % 3 END, 'x' FROM generate_series(1, "
                        + ROWS + ") i");
    }

    private static Spec scanned() {
        return new Spec(Servers.postgres(), "scanned", COLUMNS);
    }

    /** Fails once after a checkpoint, or after half of the rows. */
    static final class FailingOnce extends RichMapFunction<Batch, Batch> implements CheckpointListener {
        private static final AtomicInteger FAILURES = new AtomicInteger();
        private volatile boolean checkpointed;
        private int rows;

        @Override
        public Batch map(Batch batch) {
            rows += batch.size();
            if ((checkpointed || rows > ROWS / 4) && FAILURES.compareAndSet(0, 1)) {
                throw new IllegalStateException("killed by the test");
            }
            return batch;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            checkpointed = true;
        }
    }

    /** Copies a table into another one, exactly once. */
    private static void copy(Spec from, boolean failing) throws Exception {
        Servers.execute(
                Servers.postgres(),
                "DROP TABLE IF EXISTS copied, laminar_commits",
                "CREATE TABLE copied (id BIGINT, name TEXT, price NUMERIC(10, 2), at TIMESTAMP)");
        FailingOnce.FAILURES.set(failing ? 0 : 1);
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        // All subtasks start anew, as they do in the product: where only some do, a checkpoint on its way makes Flink
        // 2.3
        // end the process ("some subtask gateway can be closed while others cannot").
        configuration.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        environment
                .fromSource(
                        new JdbcConnector().source(from.descriptor()),
                        WatermarkStrategy.noWatermarks(),
                        "scan",
                        TypeInformation.of(Batch.class))
                .map(new FailingOnce())
                .returns(TypeInformation.of(Batch.class))
                .sinkTo(new JdbcConnector()
                        .sink(
                                new Spec(Servers.postgres(), "copied", COLUMNS)
                                        .with("sink.exactly_once", "ledger")
                                        .descriptor(),
                                new JobContext("scan", Duration.ofMillis(20))));
        environment.execute();
        assertEquals(1, FailingOnce.FAILURES.get());
    }

    private static void assertCopied(String condition) throws SQLException {
        assertEquals(
                List.of("0|0"),
                Servers.rows(
                        Servers.postgres(),
                        "SELECT (SELECT count(*) FROM (SELECT id, name, price, at FROM scanned WHERE " + condition
                                + " EXCEPT ALL SELECT * FROM copied) a), (SELECT count(*) FROM (SELECT * FROM copied"
                                + " EXCEPT ALL SELECT id, name, price, at FROM scanned WHERE " + condition + ") b)"));
    }

    @ParameterizedTest
    @CsvSource({"id", "day", "part"})
    void rangesComeOnceThroughAFailure(String column) throws Exception {
        Spec table = scanned().with("partition.column", column).with("partition.num", 10L);
        new JdbcConnector().check(table.descriptor(), TableUse.SOURCE);
        copy(table, true);
        assertCopied("true");
    }

    @Test
    void aQueryIsReadAtOnce() throws Exception {
        Spec table = new Spec(Servers.postgres(), "scanned", COLUMNS);
        var options = new java.util.HashMap<String, Object>(
                table.descriptor().options().asMap());
        options.remove("table");
        options.put("query", "SELECT *, 1 AS one FROM scanned WHERE id <= 100;");
        var descriptor = table.descriptor();
        var query = new io.laminar.spi.table.TableDescriptor(
                "q",
                "jdbc",
                descriptor.schema(),
                descriptor.metadata(),
                List.of(),
                List.of(),
                new io.laminar.spi.option.OptionValues(options),
                null,
                descriptor.badData());
        new JdbcConnector().check(query, TableUse.SOURCE);
        Scan scan = ((ScanSource) new JdbcConnector().source(query)).scan();
        assertEquals(1, scan.splits().size());
        try (var connection = scan.connect()) {
            assertTrue(scan.query(connection, scan.splits().get(0)).startsWith("SELECT \"id\", \"name\","));
        }
    }

    /** The database leaves out what nobody wants; of times, and of what it cannot compare in the same way, less. */
    @Test
    void theDatabaseLeavesRowsOut() throws Exception {
        long late = 1_704_067_200_000_000L + 28_000 * 1_000_000L;
        assertEquals(
                List.of(1_000L, 3L, ROWS - 28_000 + 1 + 0L, (long) ROWS),
                List.of(
                        scanned(new ColumnCondition("ID", Comparison.GREATER_OR_EQUAL, List.of(ROWS - 999L))),
                        scanned(new ColumnCondition("ID", Comparison.IN, List.of(1L, 5L, 9L))),
                        scanned(new ColumnCondition("at", Comparison.GREATER_OR_EQUAL, List.of(late + DAY))),
                        scanned(new ColumnCondition("name", Comparison.EQUAL, List.of("x")))));
    }

    /** How many rows come from the database. */
    private static long scanned(ColumnCondition condition) throws Exception {
        TableDescriptor table = scanned().descriptor();
        boolean used = new JdbcConnector().filters(table, condition, false);
        SourceFilter filter = used ? new SourceFilter(List.of(condition), false, null) : SourceFilter.NONE;
        Scan scan = ((ScanSource) new JdbcConnector().source(table.withFilter(filter))).scan();
        long rows = 0;
        try (var connection = scan.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        scan.query(connection, scan.splits().get(0)))) {
            while (result.next()) {
                rows++;
            }
        }
        return rows;
    }

    @Test
    void rangesCoverEverything() {
        assertEquals(List.of("25", "50", "75"), Ranges.between("0", "100", false, 4));
        assertEquals(List.of("0.25", "0.5", "0.75"), Ranges.between("0", "1", false, 4));
        assertEquals(List.of(), Ranges.between("5", "5", false, 4));
        assertEquals(List.of("TIMESTAMP '2024-01-02 00:00:00'"), Ranges.between("2024-01-01", "2024-01-03", true, 2));
    }

    @Test
    void whatCannotBeReadIsRefused() {
        assertRefused(new Spec(Servers.postgres(), "scannd", COLUMNS), ErrorCode.RESOURCE_NOT_FOUND, "scannd");
        assertRefused(
                new Spec(Servers.postgres(), "scanned", new Field("nam", Scalar.TEXT)),
                ErrorCode.INVALID_SCHEMA,
                "no column 'nam'");
        assertRefused(scanned().with("partition.column", "other"), ErrorCode.INVALID_OPTION, "neither numbers");
        assertRefused(scanned().with("partition.column", "othr"), ErrorCode.INVALID_SCHEMA, "othr");
        assertRefused(scanned().with("query", "SELECT 1"), ErrorCode.INVALID_OPTION, "either a table or a query");
    }

    private static void assertRefused(Spec table, ErrorCode code, String reason) {
        LaminarException error = assertThrows(
                LaminarException.class, () -> new JdbcConnector().check(table.descriptor(), TableUse.SOURCE));
        assertEquals(code, error.code(), error::describe);
        assertTrue(error.reason().contains(reason), error::describe);
    }
}
