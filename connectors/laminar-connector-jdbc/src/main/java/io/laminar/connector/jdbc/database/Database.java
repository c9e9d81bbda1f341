package io.laminar.connector.jdbc.database;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** How a database is reached. */
public record Database(
        String url, @Nullable String username, @Nullable String password) implements Serializable {
    private static final String POSTGRES = "jdbc:postgresql:";

    /**
     * PostgreSQL's types whose values the driver takes as bytes from us: arrays of boolean, int4, int8, float8, text,
     * bytea, date, time, timestamp, timestamptz, interval.
     */
    private static final String BINARY_TYPES = "1000,1007,1016,1022,1009,1001,1182,1183,1115,1185,1187";

    /** A new connection that commits by itself; its owner closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, properties());
    }

    /** What the driver is told beside the URL. */
    Properties properties() {
        Properties properties = new Properties();
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        if (isPostgres()) {
            properties.setProperty("ApplicationName", "laminar");
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("binaryTransferEnable", BINARY_TYPES);
        }
        return properties;
    }

    public boolean isPostgres() {
        return url.startsWith(POSTGRES);
    }

    /** The URL without what may be secret in it. */
    public String shown() {
        return JdbcErrors.withoutSecrets(url);
    }

    @Override
    public String toString() {
        return shown();
    }
}
