package io.laminar.metadata;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other servers off a database of PostgreSQL, by an advisory lock on a connection of its own: when the process dies,
 * the connection does, and the lock is free. A connection that is lost otherwise is made anew. A file of SQLite needs
 * none: it lies in the data folder, which has a lock.
 */
final class StoreLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreLock.class);
    /** Any number that other programs will hardly lock. */
    private static final int CLASS = 0x6c616d69;

    private static final int CHECK_SECONDS = 5;

    private final MetadataLocation location;
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lock of the metadata");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Connection connection;
    private boolean warned;

    private StoreLock(MetadataLocation location) {
        this.location = location;
    }

    /**
     * Takes the database for this process.
     *
     * @throws LaminarException USAGE if another server has it, METADATA_UNAVAILABLE
     */
    static StoreLock take(MetadataLocation location) {
        StoreLock lock = new StoreLock(location);
        boolean taken = false;
        try {
            taken = lock.tryLock();
        } catch (SQLException e) {
            throw Connections.unavailable(location, e);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
        if (!taken) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "another server works with the metadata in '" + location + "'",
                    "stop it first, or give this server another database: metadata.url");
        }
        Future<?> unused =
                lock.checks.scheduleWithFixedDelay(lock::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
        return lock;
    }

    private synchronized boolean tryLock() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "laminar lock");
        if (location.user() != null) {
            properties.setProperty("user", location.user());
        }
        if (location.password() != null) {
            properties.setProperty("password", location.password());
        }
        Connection fresh = DriverManager.getConnection(location.url(), properties);
        boolean locked = false;
        try (PreparedStatement statement =
                fresh.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(current_schema()))")) {
            statement.setInt(1, CLASS);
            try (ResultSet answer = statement.executeQuery()) {
                locked = answer.next() && answer.getBoolean(1);
            }
        } finally {
            if (!locked) {
                fresh.close();
            }
        }
        connection = locked ? fresh : null;
        return locked;
    }

    private synchronized void check() {
        try {
            Connection held = connection;
            if (held != null && held.isValid(CHECK_SECONDS)) {
                return;
            }
            if (held != null) {
                connection = null;
                closeQuietly(held);
            }
            if (tryLock()) {
                LOG.info("the lock of the metadata had been lost with its connection, and is held again");
                warned = false;
            } else if (!warned) {
                warned = true;
                LOG.error("another server works with the metadata in '{}': stop one of the two", location);
            }
        } catch (SQLException e) {
            LOG.debug("the lock of the metadata cannot be looked at", e);
        }
    }

    /** Whether it is held by a connection that was well when it was last looked at. */
    synchronized boolean isHeld() {
        return connection != null;
    }

    @Override
    public void close() {
        checks.shutdownNow();
        synchronized (this) {
            Connection held = connection;
            connection = null;
            if (held != null) {
                closeQuietly(held);
            }
        }
    }

    private static void closeQuietly(Connection held) {
        try {
            held.close();
        } catch (SQLException e) {
            LOG.debug("the lock of the metadata is free, as its connection is gone", e);
        }
    }
}
