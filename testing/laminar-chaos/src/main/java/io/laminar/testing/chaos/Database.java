package io.laminar.testing.chaos;

import io.laminar.testing.cluster.LaminarCluster;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/** A PostgreSQL server that can be killed and started anew on its data and its port. */
final class Database implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final Path folder;
    private final int port = LaminarCluster.freePort();
    private EmbeddedPostgres server;

    Database(Path folder) {
        this.folder = folder;
        this.server = start();
    }

    private EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(START)
                    // The server is killed, the machine is not.
                    .setServerConfig("fsync", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "&connectTimeout=5&socketTimeout=20");
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Makes a table for totals. */
    void createTotals(String name) {
        execute(String.format(
                Locale.ROOT,
                "CREATE TABLE %s (customer BIGINT PRIMARY KEY, n BIGINT, amount BIGINT, last BIGINT)",
                name));
    }

    /** Ends the server at once, as a crash would: connections break, and what it has not written comes from its log. */
    void kill() {
        ProcessHandle process = process();
        Commands.signal("QUIT", process.pid());
        Waiting.until("the end of the database", START, () -> !process.isAlive());
        close();
    }

    void restart() {
        server = start();
    }

    private ProcessHandle process() {
        try {
            String pid =
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
