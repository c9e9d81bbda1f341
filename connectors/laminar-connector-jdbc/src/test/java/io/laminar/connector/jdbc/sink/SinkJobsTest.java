package io.laminar.connector.jdbc.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.jdbc.Servers;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.connector.jdbc.sink.Jobs.Failing;
import io.laminar.connector.jdbc.sink.Jobs.Job;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that write PostgreSQL, on Flink: nothing is lost and nothing comes twice, whatever happens on the way. */
@Timeout(120)
class SinkJobsTest {
    private static final int BATCHES = 1_000;
    private static final int FEWER = 300;
    private static final int LANES = 12;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void noFailures() {
        Failing.prepare(0, 0);
        GatedNumbers.open(Long.MAX_VALUE);
    }

    // Rows that are only added ------------------------------------------------------------------------------------

    private static Spec appended(String guarantee) throws SQLException {
        String url = Servers.postgres();
        Servers.execute(url, "DROP TABLE IF EXISTS log, laminar_commits", "CREATE TABLE log (id BIGINT, name TEXT)");
        return new Spec(url, "log", new Field("id", Scalar.BIGINT, false), new Field("name", Scalar.TEXT))
                .with("sink.exactly_once", guarantee)
                .with("sink.batch_size", 300L);
    }

    private static void assertEachOnce(int batches) throws SQLException {
        long rows = (long) batches * Changelog.ROWS;
        assertEquals(
                List.of(rows + "|" + rows + "|0|" + (rows - 1)),
                Servers.rows(Servers.postgres(), "SELECT count(*), count(DISTINCT id), min(id), max(id) FROM log"));
        assertEquals(List.of(), preparedTransactions());
    }

    private static List<String> preparedTransactions() throws SQLException {
        return Servers.rows(Servers.postgres(), "SELECT gid FROM pg_prepared_xacts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "xa"})
    void rowsWithoutAKeyComeOnceThroughFailures(String guarantee) throws Exception {
        Failing.prepare(3, 2);
        new Job(Changelog::inserts, BATCHES, LANES, appended(guarantee), 2).run();
        assertEquals(3, Failing.failures());
        assertEachOnce(BATCHES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "xa"})
    void rowsWithoutAKeyComeOnceThoughCheckpointsFailAfterTheyWerePrepared(String guarantee) throws Exception {
        GatedNumbers.open(0);
        Failing.prepareInSnapshots(3, 1);
        JobClient job = new Job(Changelog::inserts, FEWER, LANES, appended(guarantee), 2).start();
        for (int failures = 1; failures <= 3; failures++) {
            int wanted = failures;
            GatedNumbers.open(50L * failures);
            Await.until(() -> Failing.failures() == wanted);
        }
        GatedNumbers.open(Long.MAX_VALUE);
        job.getJobExecutionResult().get();
        assertEachOnce(FEWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "xa"})
    void rowsWithoutAKeyComeOnceThroughRescaling(String guarantee) throws Exception {
        Spec table = appended(guarantee);
        String savepoint = null;
        for (int parallelism : new int[] {2, 3}) {
            Failing.prepareInSnapshots(1, 0);
            GatedNumbers.open(100L * (parallelism - 1));
            JobClient job = new Job(Changelog::inserts, FEWER, LANES, table, parallelism, folder, savepoint).start();
            Await.until(() -> Failing.failures() == 1);
            savepoint = stop(job);
        }
        GatedNumbers.open(Long.MAX_VALUE);
        new Job(Changelog::inserts, FEWER, LANES, table, 1, folder, savepoint).run();
        assertEachOnce(FEWER);
        if (guarantee.equals("ledger")) {
            String writers = Servers.rows(table.url(), "SELECT count(*) FROM laminar_commits")
                    .get(0);
            assertTrue(Integer.parseInt(writers) <= 3, writers + " writers are left in the ledger");
        }
    }

    /** The path of a savepoint; a job that is just being restarted takes none. */
    private static String stop(JobClient job) throws Exception {
        return Await.value(() ->
                job.stopWithSavepoint(false, null, SavepointFormatType.NATIVE).get(30, TimeUnit.SECONDS));
    }

    @Tag("slow")
    @Test
    void withoutExactlyOnceNothingIsLost() throws Exception {
        Spec spec = appended("ledger");
        Spec table = new Spec(spec.url(), spec.table(), spec.schema(), List.of(), java.util.Map.of(), spec.badData());
        Failing.prepare(1, 2);
        new Job(Changelog::inserts, FEWER, LANES, table, 2).run();
        assertEquals(
                List.of(String.valueOf(FEWER * Changelog.ROWS)),
                Servers.rows(table.url(), "SELECT count(DISTINCT id) FROM log"));
    }

    // Rows that change by key ---------------------------------------------------------------------------------------

    private static Spec keyed() throws SQLException {
        String url = Servers.postgres();
        Servers.execute(
                url,
                "DROP TABLE IF EXISTS state, laminar_commits",
                "CREATE TABLE state (id BIGINT, \"Part\" TEXT, v BIGINT, name TEXT, PRIMARY KEY (\"Part\", id))");
        return new Spec(
                        url,
                        "state",
                        new Field("id", Scalar.BIGINT, false),
                        new Field("part", Scalar.TEXT, false),
                        new Field("v", Scalar.BIGINT),
                        new Field("name", Scalar.TEXT))
                .key("part", "id")
                .with("sink.batch_size", 300L);
    }

    private static void assertFolded(int batches) throws SQLException {
        List<String> found = Servers.rows(
                Servers.postgres(), "SELECT \"Part\", id, v, name FROM state ORDER BY \"Part\" COLLATE \"C\", id");
        assertEquals(Changelog.folded(batches, LANES), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsert", "ledger"})
    void changesByKeySurviveFailures(String guarantee) throws Exception {
        Failing.prepare(3, 2);
        Spec table = keyed().with("sink.exactly_once", guarantee);
        new Job(number -> Changelog.changes(number, LANES), BATCHES, LANES, table, 2).run();
        assertEquals(3, Failing.failures());
        assertFolded(BATCHES);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"upsert", "ledger"})
    void changesByKeySurviveRescaling(String guarantee) throws Exception {
        Spec table = keyed().with("sink.exactly_once", guarantee);
        String savepoint = null;
        for (int parallelism : new int[] {1, 3}) {
            GatedNumbers.open(100L * parallelism / 2);
            JobClient job = new Job(
                            number -> Changelog.changes(number, LANES),
                            FEWER,
                            LANES,
                            table,
                            parallelism,
                            folder,
                            savepoint)
                    .start();
            Await.until(() ->
                    !Servers.rows(table.url(), "SELECT 1 FROM state LIMIT 1").isEmpty());
            savepoint = stop(job);
        }
        GatedNumbers.open(Long.MAX_VALUE);
        new Job(number -> Changelog.changes(number, LANES), FEWER, LANES, table, 2, folder, savepoint).run();
        assertFolded(FEWER);
    }

    @Test
    void rowsAreSeenAfterTheFlushIntervalWithoutACheckpoint() throws Exception {
        Spec table = keyed().with("sink.flush_interval", 50_000L).with("sink.batch_size", 100_000L);
        GatedNumbers.open(10);
        JobClient job = new Job(number -> Changelog.changes(number, LANES), 20, LANES, table, 1).start();
        Await.until(
                () -> !Servers.rows(table.url(), "SELECT 1 FROM state LIMIT 1").isEmpty());
        GatedNumbers.open(Long.MAX_VALUE);
        job.getJobExecutionResult().get();
        assertFolded(20);
    }

    /** A changelog whose end is known. */
    static final class Changelog {
        static final int ROWS = 50;
        private static final int KEYS = 200;

        private Changelog() {}

        static Batch inserts(long number) {
            return io.laminar.connector.jdbc.Tables.batchOf(
                    io.laminar.spi.type.Schema.of(
                            new Field("id", Scalar.BIGINT, false), new Field("name", Scalar.TEXT)),
                    java.util.stream.LongStream.range(number * ROWS, (number + 1) * ROWS)
                            .mapToObj(id -> io.laminar.connector.jdbc.Tables.row(
                                    "+I", id, id % 7 == 0 ? null : "row " + id + " ä𝄞"))
                            .toList());
        }

        /** Inserts, updates and deletions of keys of the lane of this number. */
        static Batch changes(long number, int lanes) {
            return io.laminar.connector.jdbc.Tables.batchOf(
                    io.laminar.spi.type.Schema.of(
                            new Field("id", Scalar.BIGINT, false),
                            new Field("part", Scalar.TEXT, false),
                            new Field("v", Scalar.BIGINT),
                            new Field("name", Scalar.TEXT)),
                    java.util.stream.LongStream.range(0, ROWS)
                            .mapToObj(row -> change(number, row, lanes))
                            .toList());
        }

        private static List<Object> change(long number, long row, int lanes) {
            long id = (number / lanes * 31 + row * 3) % KEYS;
            String part = "ü" + number % lanes;
            long v = number * ROWS + row;
            return v % 5 == 0
                    ? java.util.Arrays.asList("-D", id, part, null, null)
                    : java.util.Arrays.asList("+U", id, part, v % 11 == 0 ? null : v, v % 3 == 0 ? null : "v€" + v);
        }

        static List<String> folded(int batches, int lanes) {
            java.util.TreeMap<String, java.util.TreeMap<Long, String>> rows = new java.util.TreeMap<>();
            for (long number = 0; number < batches; number++) {
                for (long row = 0; row < ROWS; row++) {
                    List<Object> change = change(number, row, lanes);
                    java.util.TreeMap<Long, String> part =
                            rows.computeIfAbsent(String.valueOf(change.get(2)), name -> new java.util.TreeMap<>());
                    if (change.get(0).equals("-D")) {
                        part.remove(change.get(1));
                    } else {
                        part.put((Long) change.get(1), change.get(3) + "|" + change.get(4));
                    }
                }
            }
            List<String> all = new java.util.ArrayList<>();
            rows.forEach((part, values) -> values.forEach((id, rest) -> all.add(part + "|" + id + "|" + rest)));
            return all;
        }
    }
}
