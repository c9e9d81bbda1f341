package io.laminar.connector.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Databases for all tests of this module; the server is started once and ends with the process. */
public final class Servers {
    /** Keeps a database in memory for as long as the process runs. */
    public static final String H2 = "jdbc:h2:mem:laminar;DB_CLOSE_DELAY=-1";

    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable String sqlite;

    private Servers() {}

    /** The URL of a PostgreSQL server that can prepare transactions. */
    public static synchronized String postgres() {
        EmbeddedPostgres server = postgres;
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("max_prepared_transactions", "20")
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = server;
        }
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** The URL of a database in a file that goes with the process. */
    public static synchronized String sqlite() {
        String url = sqlite;
        if (url == null) {
            try {
                Path file = Files.createTempFile("laminar", ".sqlite");
                file.toFile().deleteOnExit();
                url = "jdbc:sqlite:" + file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sqlite = url;
        }
        return url;
    }

    public static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Each row as its values, separated by {@code |}. */
    public static List<String> rows(String url, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            int width = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    values.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
