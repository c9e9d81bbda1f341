package io.laminar.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store in a file of SQLite and in a PostgreSQL server. */
class MetadataTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00.123456Z");

    private static EmbeddedPostgres server;
    private static int databases;

    @TempDir
    private Path folder = Path.of("");

    enum Kind {
        SQLITE,
        POSTGRES
    }

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private MetadataLocation fresh(Kind kind) throws Exception {
        if (kind == Kind.SQLITE) {
            return MetadataLocation.file(folder.resolve("metadata.db"));
        }
        String name = "metadata_" + ++databases;
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new MetadataLocation(server.getJdbcUrl("postgres", name), null, null);
    }

    private Metadata open(Kind kind) throws Exception {
        return Metadata.open(fresh(kind), InstantSource.fixed(NOON));
    }

    private static void assertRefused(ErrorCode code, String reason, Executable call) {
        LaminarException refusal = assertThrows(LaminarException.class, call);
        assertEquals(code, refusal.code(), refusal::describe);
        assertEquals(reason, refusal.reason());
    }

    @ParameterizedTest
    @EnumSource
    void profilesAreKept(Kind kind) throws Exception {
        MetadataLocation location = fresh(kind);
        Profile made;
        try (Metadata metadata = Metadata.open(location, InstantSource.fixed(NOON))) {
            made = metadata.profiles().create("Künde 'x'", "kafka", "the main one", "{\"a\":\"\\u0000\"}");
            assertTrue(made.id().startsWith("prof_"), made.id());
            assertEquals(NOON, made.created());
            assertRefused(
                    ErrorCode.NAME_TAKEN, "there is a connection profile 'Künde 'x'' already", () -> metadata.profiles()
                            .create("Künde 'x'", "jdbc", "", "{}"));
            assertRefused(ErrorCode.NOT_FOUND, "there is no connection profile 'prof_0'", () -> metadata.profiles()
                    .get("prof_0"));
        }
        try (Metadata metadata = Metadata.open(location, InstantSource.fixed(NOON.plusSeconds(60)))) {
            assertEquals(made, metadata.profiles().get(made.id()));
            Profile changed = metadata.profiles().update(made.id(), "another", "{}");
            assertEquals(NOON.plusSeconds(60), changed.updated());
            assertEquals(changed, metadata.profiles().named("Künde 'x'").orElseThrow());
            metadata.profiles().delete(made.id());
            assertTrue(metadata.profiles().find(made.id()).isEmpty());
            assertRefused(
                    ErrorCode.NOT_FOUND, "there is no connection profile '" + made.id() + "'", () -> metadata.profiles()
                            .delete(made.id()));
        }
    }

    /** In a store of the first version, too, which knew of no restarts. */
    @ParameterizedTest
    @EnumSource
    void restartsOfJobsAreKept(Kind kind) throws Exception {
        MetadataLocation location = fresh(kind);
        try (HikariDataSource connections = Connections.open(location)) {
            Flyway.configure(Metadata.class.getClassLoader())
                    .dataSource(connections)
                    .locations("classpath:io/laminar/metadata/migrations")
                    .table("schema_versions")
                    .target("1")
                    .load()
                    .migrate();
            try (var connection = connections.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("INSERT INTO pipelines (id, name, version, settings, runs, created_at, updated_at)"
                        + " VALUES ('pipe_1', 'old', 1, '{}', 1, 0, 0)");
                statement.execute("INSERT INTO pipeline_versions (pipeline_id, version, query, created_at)"
                        + " VALUES ('pipe_1', 1, 'SELECT 1', 0)");
                statement.execute("INSERT INTO jobs (id, pipeline_id, version, state, created_at)"
                        + " VALUES ('job_1', 'pipe_1', 1, 'Running', 0)");
            }
        }
        try (Metadata metadata = Metadata.open(location, InstantSource.fixed(NOON))) {
            assertEquals(0, metadata.jobs().get("job_1").restarts());
            assertNull(metadata.jobs().get("job_1").trouble());
            Job made = metadata.jobs().create(metadata.pipelines().get("pipe_1"), "Created");
            assertEquals(0, made.restarts());
            metadata.jobs().restarted("job_1", 7, "{\"a\":1}");
        }
        try (Metadata metadata = Metadata.open(location, InstantSource.fixed(NOON))) {
            Job kept = metadata.jobs().get("job_1");
            assertEquals(7, kept.restarts());
            assertEquals("{\"a\":1}", kept.trouble());
            assertEquals(0, metadata.jobs().last("pipe_1").orElseThrow().restarts(), "another job of the pipeline");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesBeginWithTheNewest(Kind kind) throws Exception {
        try (Metadata metadata = open(kind)) {
            List<String> names = IntStream.range(0, 25).mapToObj(i -> "p" + i).toList();
            names.forEach(name -> metadata.profiles().create(name, "kafka", "", "{}"));
            metadata.profiles().create("100%_sure", "kafka", "", "{}");
            metadata.profiles().create("100x_sure", "kafka", "", "{}");
            List<String> seen = new ArrayList<>();
            String after = "";
            boolean hasMore = true;
            while (hasMore) {
                Page<Profile> page = metadata.profiles().page(new Page.Request(10, after, "p*"));
                page.data().forEach(profile -> seen.add(0, profile.name()));
                after = page.data().get(page.data().size() - 1).id();
                hasMore = page.hasMore();
            }
            assertEquals(names, seen);
            assertEquals(
                    List.of("100%_sure"),
                    metadata.profiles().page(new Page.Request(10, "", "100%_*")).data().stream()
                            .map(Profile::name)
                            .toList());
            assertEquals(
                    10,
                    metadata.profiles()
                            .page(new Page.Request(10, "", "p1*"))
                            .data()
                            .size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsInUseStays(Kind kind) throws Exception {
        try (Metadata metadata = open(kind)) {
            Profile profile = metadata.profiles().create("main", "kafka", "", "{}");
            StoredTable table = metadata.tables().create("orders", profile.id(), "{}");
            assertEquals(profile.id(), table.profile());
            assertNull(metadata.tables().create("files", null, "{}").profile());
            assertRefused(ErrorCode.NOT_FOUND, "there is no connection profile 'prof_x'", () -> metadata.tables()
                    .create("other", "prof_x", "{}"));
            assertRefused(
                    ErrorCode.IN_USE,
                    "the connection profile cannot be deleted: tables are reached through it: orders",
                    () -> metadata.profiles().delete(profile.id()));
            StoredFunction function = metadata.functions().create("f", "CREATE FUNCTION f() ...", "");
            Pipeline pipeline =
                    metadata.pipelines().create("sums", "SELECT 1", "{}", false, Set.of(table.id(), function.id()));
            assertRefused(
                    ErrorCode.IN_USE,
                    "the connection table cannot be deleted: pipelines use it: sums",
                    () -> metadata.tables().delete(table.id()));
            assertRefused(
                    ErrorCode.IN_USE,
                    "the function cannot be deleted: pipelines use it: sums",
                    () -> metadata.functions().delete(function.id()));
            metadata.pipelines().changeQuery(pipeline.id(), 1, "SELECT 2", Set.of(function.id()));
            metadata.tables().delete(table.id());
            metadata.profiles().delete(profile.id());
            metadata.pipelines().delete(pipeline.id());
            metadata.functions().delete(function.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void pipelinesHaveVersions(Kind kind) throws Exception {
        try (Metadata metadata = open(kind)) {
            Pipelines pipelines = metadata.pipelines();
            Pipeline first = pipelines.create("sums", "SELECT 1", "{}", true, Set.of());
            Pipeline second = pipelines.changeQuery(first.id(), 1, "SELECT 2", Set.of());
            assertEquals(2, second.version());
            assertEquals("SELECT 2", second.query());
            assertRefused(
                    ErrorCode.CHANGED_MEANWHILE,
                    "the pipeline '" + first.id() + "' has been changed by somebody else meanwhile",
                    () -> pipelines.changeQuery(first.id(), 1, "SELECT 3", Set.of()));
            assertRefused(
                    ErrorCode.NOT_FOUND,
                    "there is no pipeline 'pipe_0'",
                    () -> pipelines.changeQuery("pipe_0", 1, "SELECT 3", Set.of()));
            assertEquals(
                    List.of("SELECT 2", "SELECT 1"),
                    pipelines.versions(first.id()).stream()
                            .map(PipelineVersion::query)
                            .toList());
            assertEquals(
                    "{\"p\":4}",
                    pipelines.changeSettings(first.id(), "{\"p\":4}").settings());
            assertEquals(1, pipelines.running().size());
            assertFalse(pipelines.wantRunning(first.id(), false).runs());
            assertEquals(List.of(), pipelines.running());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsLeftOnce(Kind kind) throws Exception {
        try (Metadata metadata = open(kind)) {
            Pipeline pipeline = metadata.pipelines().create("sums", "SELECT 1", "{}", true, Set.of());
            Jobs jobs = metadata.jobs();
            Job job = jobs.create(pipeline, "created");
            assertEquals(job, jobs.last(pipeline.id()).orElseThrow());
            assertTrue(jobs.change(job.id(), "created", Jobs.Change.to("scheduling")));
            assertFalse(jobs.change(job.id(), "created", Jobs.Change.to("scheduling")));
            assertTrue(jobs.change(job.id(), "scheduling", new Jobs.Change("running", "abc", null, true, false)));
            assertEquals(NOON, jobs.get(job.id()).started());
            assertEquals(
                    List.of(job.id()),
                    jobs.allIn(List.of("running", "stopping")).stream()
                            .map(Job::id)
                            .toList());
            assertTrue(jobs.change(job.id(), "running", new Jobs.Change("failed", null, "{\"why\":1}", false, true)));
            Job failed = jobs.get(job.id());
            assertEquals("abc", failed.clusterJob());
            assertEquals("{\"why\":1}", failed.failure());
            assertNotNull(failed.ended());
            JobEvent event = jobs.note(job.id(), "error", "it failed", "{}");
            assertEquals(
                    List.of(event),
                    jobs.events(job.id(), "error", Page.Request.first(5)).data());
            assertEquals(
                    List.of(),
                    jobs.events(job.id(), "other", Page.Request.first(5)).data());
            assertEquals(1, jobs.inState("failed", Page.Request.first(5)).data().size());
            metadata.pipelines().delete(pipeline.id());
            assertTrue(jobs.find(job.id()).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokensAndTheAuditLog(Kind kind) throws Exception {
        try (Metadata metadata = open(kind)) {
            assertTrue(metadata.tokens().isEmpty());
            Token token = metadata.tokens().create("first", "admin", "hash");
            assertNull(token.lastUsed());
            metadata.tokens().used(token.id());
            assertEquals(NOON, metadata.tokens().withHash("hash").orElseThrow().lastUsed());
            assertTrue(metadata.tokens().withHash("other").isEmpty());
            metadata.audit().note("first", "create", "pipe_1", "{}");
            assertEquals(
                    "pipe_1",
                    metadata.audit().page(Page.Request.first(1)).data().get(0).resource());
            metadata.tokens().delete(token.id());
            assertTrue(metadata.tokens().isEmpty());
        }
    }

    /** Many threads that change the same pipeline: every change that was told to be made is there. */
    @ParameterizedTest
    @EnumSource
    void noChangeIsLost(Kind kind) throws Exception {
        int threads = 8;
        int each = 25;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Metadata metadata = open(kind)) {
            Pipeline pipeline = metadata.pipelines().create("sums", "SELECT 0", "{}", true, Set.of());
            List<Future<Integer>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(pool.submit(() -> {
                    int made = 0;
                    while (made < each) {
                        long version = metadata.pipelines().get(pipeline.id()).version();
                        try {
                            metadata.pipelines().changeQuery(pipeline.id(), version, "SELECT " + version, Set.of());
                            made++;
                        } catch (LaminarException e) {
                            assertEquals(ErrorCode.CHANGED_MEANWHILE, e.code(), e::describe);
                        }
                    }
                    return made;
                }));
            }
            for (Future<Integer> thread : running) {
                assertEquals(each, thread.get());
            }
            assertEquals(
                    1 + threads * each, metadata.pipelines().get(pipeline.id()).version());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatCannotBeReachedIsSaid() throws IOException {
        Files.writeString(folder.resolve("text.db"), "this is no database, whatever its name says. ".repeat(20));
        for (MetadataLocation location : List.of(
                MetadataLocation.file(folder.resolve("text.db")),
                MetadataLocation.file(folder.resolve("missing/metadata.db")),
                new MetadataLocation("jdbc:postgresql://localhost:1/x?password=secret", null, null))) {
            LaminarException refusal =
                    assertThrows(LaminarException.class, () -> Metadata.open(location, InstantSource.fixed(NOON)));
            assertEquals(ErrorCode.METADATA_UNAVAILABLE, refusal.code(), refusal::describe);
            assertFalse(refusal.describe().contains("secret"), refusal::describe);
        }
        assertRefused(
                ErrorCode.INVALID_OPTION,
                "metadata cannot be kept in 'jdbc:mysql://localhost/x'",
                () -> new MetadataLocation("jdbc:mysql://localhost/x?password=secret", null, null));
    }

    /** One process works with a database; another may when the first has ended, or has lost its connection for good. */
    @Test
    void aDatabaseBelongsToOneServer() throws Exception {
        MetadataLocation location = fresh(Kind.POSTGRES);
        try (Metadata first = Metadata.open(location, InstantSource.fixed(NOON))) {
            LaminarException refusal =
                    assertThrows(LaminarException.class, () -> Metadata.open(location, InstantSource.fixed(NOON)));
            assertEquals(ErrorCode.USAGE, refusal.code());
            assertEquals("another server works with the metadata in '" + location + "'", refusal.reason());
            assertTrue(refusal.hint().contains("metadata.url"), refusal.hint());
            // Another database is another store, and the first goes on.
            open(Kind.POSTGRES).close();
            first.profiles().create("still", "kafka", "", "{}");
        }
        Metadata.open(location, InstantSource.fixed(NOON)).close();
    }

    @Test
    void aLockThatWasLostWithItsConnectionIsTakenAgain() throws Exception {
        MetadataLocation location = fresh(Kind.POSTGRES);
        try (Metadata first = Metadata.open(location, InstantSource.fixed(NOON));
                var connection = java.sql.DriverManager.getConnection(location.url());
                var statement = connection.createStatement()) {
            String holder = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())";
            int before = number(statement, holder);
            assertTrue(before > 0);
            statement.execute("SELECT pg_terminate_backend(" + before + ")");
            int now = 0;
            long deadline = System.nanoTime() + 60_000_000_000L;
            while ((now == 0 || now == before) && System.nanoTime() < deadline) {
                now = number(statement, holder);
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
            }
            assertTrue(now != 0 && now != before, before + " and then " + now);
            assertThrows(LaminarException.class, () -> Metadata.open(location, InstantSource.fixed(NOON)));
            assertEquals(0, first.profiles().page(Page.Request.first(1)).data().size());
        }
    }

    private static int number(java.sql.Statement statement, String query) throws java.sql.SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
