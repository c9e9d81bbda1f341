package io.laminar.metadata;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;

/** Connections to the database of a location. */
final class Connections {
    private static final int MOST = 8;
    private static final long WAIT_MILLIS = 10_000;

    private Connections() {}

    /** @throws LaminarException METADATA_UNAVAILABLE */
    static HikariDataSource open(MetadataLocation location) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(location.url());
        config.setUsername(location.user());
        config.setPassword(location.password());
        config.setPoolName("metadata");
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setMaximumPoolSize(MOST);
        if (location.isSqlite()) {
            config.addDataSourceProperty("foreign_keys", "true");
            config.addDataSourceProperty("journal_mode", "WAL");
            // A commit survives the end of the process; only the end of the machine may take back the last ones.
            config.addDataSourceProperty("synchronous", "NORMAL");
            config.addDataSourceProperty("busy_timeout", String.valueOf(WAIT_MILLIS));
            // A transaction that reads first and then writes would fail when another has written meanwhile.
            config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        } else {
            // What was acknowledged is there after a crash of the database too.
            config.setConnectionInitSql("SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') = 'off'");
        }
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw unavailable(location, cause);
        }
    }

    static LaminarException unavailable(MetadataLocation location, Throwable cause) {
        return new LaminarException(
                ErrorCode.METADATA_UNAVAILABLE,
                "the metadata in '" + location + "' cannot be reached: "
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                null,
                null,
                cause);
    }
}
