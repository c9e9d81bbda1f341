package io.laminar.connector.jdbc.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.TableUse;
import io.laminar.connector.jdbc.JdbcConnector;
import io.laminar.connector.jdbc.Servers;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.connector.jdbc.sink.Jobs.Failing;
import io.laminar.connector.jdbc.sink.Jobs.Job;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes and comes back while jobs write. */
@Timeout(180)
class ServerRestartTest {
    private static final int BATCHES = 100;
    private static final int LANES = 12;

    @TempDir
    private Path folder = Path.of("");

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private EmbeddedPostgres server(int port, int preparedTransactions) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("max_prepared_transactions", String.valueOf(preparedTransactions))
                .setServerConfig("fsync", "off")
                .start();
    }

    private static Spec table(String url, String name, String guarantee) {
        return new Spec(url, name, new Field("id", Scalar.BIGINT, false), new Field("name", Scalar.TEXT))
                .with("sink.exactly_once", guarantee)
                .with("sink.batch_size", 100L);
    }

    @Tag("slow")
    @Test
    void jobsGoOnWhenTheServerIsBack() throws Exception {
        int port = freePort();
        String url;
        try (EmbeddedPostgres server = server(port, 0)) {
            url = server.getJdbcUrl("postgres", "postgres");
            Servers.execute(
                    url,
                    "CREATE TABLE by_key (id BIGINT PRIMARY KEY, name TEXT)",
                    "CREATE TABLE by_ledger (id BIGINT, name TEXT)",
                    "CREATE TABLE by_xa (id BIGINT, name TEXT)");
            LaminarException refused = assertThrows(LaminarException.class, () -> new JdbcConnector()
                    .check(table(url, "by_xa", "xa").descriptor(), TableUse.SINK));
            assertEquals(ErrorCode.INVALID_OPTION, refused.code());
            assertTrue(refused.reason().contains("max_prepared_transactions = 0"), refused::describe);
            assertTrue(String.valueOf(refused.hint()).contains("restart the server"), refused::describe);
        }
        List<Spec> tables = List.of(
                table(url, "by_key", "upsert").key("id"), table(url, "by_ledger", "ledger"), table(url, "by_xa", "xa"));
        for (Spec table : tables) {
            Failing.prepare(0, 0);
            GatedNumbers.open(30);
            JobClient job;
            EmbeddedPostgres server = server(port, 10);
            try (server) {
                job = new Job(SinkJobsTest.Changelog::inserts, BATCHES, LANES, table, 2).start();
                Await.until(() -> !Servers.rows(url, "SELECT 1 FROM " + table.table() + " LIMIT 1")
                        .isEmpty());
            }
            // Rows come while nobody is there.
            GatedNumbers.open(Long.MAX_VALUE);
            try (EmbeddedPostgres again = server(port, 10)) {
                job.getJobExecutionResult().get();
                long rows = BATCHES * (long) SinkJobsTest.Changelog.ROWS;
                assertEquals(
                        List.of(rows + "|" + rows),
                        Servers.rows(url, "SELECT count(*), count(DISTINCT id) FROM " + table.table()),
                        table.table());
                assertEquals(List.of(), Servers.rows(url, "SELECT gid FROM pg_prepared_xacts"));
                assertEquals(port, again.getPort());
            }
        }
    }

    @Test
    void aServerThatStaysAwayFailsTheJobInTheEnd() throws Exception {
        Failing.prepare(0, 0);
        GatedNumbers.open(Long.MAX_VALUE);
        String url = "jdbc:postgresql://localhost:" + freePort() + "/postgres?user=postgres";
        Spec table = table(url, "anything", "upsert").key("id").with("sink.retry_timeout", 300_000L);
        Exception failure = assertThrows(
                Exception.class, () -> new Job(SinkJobsTest.Changelog::inserts, BATCHES, LANES, table, 1).run());
        LaminarException error = ExceptionUtils.findThrowable(failure, LaminarException.class)
                .orElseGet(() -> ExceptionUtils.findSerializedThrowable(
                                failure, LaminarException.class, getClass().getClassLoader())
                        .orElseThrow());
        assertEquals(ErrorCode.OUTPUT_FAILED, error.code());
        assertTrue(error.reason().contains("could not be written for"), error::describe);
    }

    @Test
    void pausesGrowUpToTheLimit() throws Exception {
        FakeTime time = new FakeTime();
        Retries retries = new Retries("t", Duration.ofSeconds(20), time);
        LaminarException error = assertThrows(
                LaminarException.class,
                () -> retries.run(
                        () -> {
                            throw new java.sql.SQLException("gone", "08006");
                        },
                        () -> {}));
        assertEquals("table 't' could not be written for 20 s: gone", error.reason());
        assertEquals(List.of(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L), time.pauses);
    }

    /** Time that only passes in pauses. */
    private static final class FakeTime implements Waiting {
        private final List<Long> pauses = new java.util.ArrayList<>();
        private long now;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void pause(long millis) {
            pauses.add(millis);
            now += millis * 1_000_000;
        }
    }
}
