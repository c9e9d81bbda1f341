package io.laminar.testing.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks at a table a hundred times a second, and remembers when it had changed. */
final class OutputClock implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Database database;
    private final String query;
    private final List<Long> changes = new ArrayList<>();
    private final Thread thread = new Thread(this::watch, "output clock");
    private long value = Long.MIN_VALUE;
    private volatile boolean closed;

    private OutputClock(Database database, String query) {
        this.database = database;
        this.query = query;
    }

    /** @param query of one number, which changes whenever something is written */
    static OutputClock of(Database database, String query) {
        OutputClock clock = new OutputClock(database, query);
        clock.thread.setDaemon(true);
        clock.thread.start();
        return clock;
    }

    private void watch() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!closed) {
                try (ResultSet found = statement.executeQuery(query)) {
                    found.next();
                    note(found.getLong(1));
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private synchronized void note(long now) {
        if (now != value) {
            value = now;
            changes.add(System.nanoTime());
        }
    }

    /** The number that was seen last. */
    synchronized long value() {
        return value;
    }

    /** The longest time between two changes, in seconds, of which the second came after a moment. */
    synchronized double longestPause(long since) {
        long longest = 0;
        for (int i = changes.size() - 1; i > 0 && changes.get(i) > since; i--) {
            longest = Math.max(longest, changes.get(i) - changes.get(i - 1));
        }
        return longest / 1e9;
    }

    /** Whether there have been some changes since a moment. */
    synchronized boolean goesOn(long since, int wanted) {
        return changes.size() >= wanted && changes.get(changes.size() - wanted) > since;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
