package io.laminar.testing.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks which order the totals have come to, many times a second, and remembers when that was. */
final class Progress implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Database database;
    private final String query;
    private final List<Advance> advances = new ArrayList<>();
    private final Thread thread = new Thread(this::watch, "progress");
    private volatile boolean closed;
    private @Nullable Connection connection;

    /** The greatest order in the totals, and when it was seen first. */
    private record Advance(long nanos, long order) {}

    private Progress(Database database, String table) {
        this.database = database;
        this.query = "SELECT max(last) FROM " + table;
    }

    static Progress of(Database database, String table) {
        Progress progress = new Progress(database, table);
        progress.thread.setDaemon(true);
        progress.thread.start();
        return progress;
    }

    private void watch() {
        while (!closed) {
            try {
                note(look());
            } catch (SQLException away) {
                drop();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        drop();
    }

    private long look() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.connect();
            connection = open;
        }
        try (Statement statement = open.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            long order = found.getLong(1);
            return found.wasNull() ? -1 : order;
        }
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException gone) {
            // It is not needed any more in any case.
            return;
        }
    }

    private synchronized void note(long order) {
        if (order > last()) {
            advances.add(new Advance(System.nanoTime(), order));
        }
    }

    /** The greatest order so far; -1 if there is none. */
    synchronized long last() {
        return advances.isEmpty() ? -1 : advances.get(advances.size() - 1).order();
    }

    /** When an order, or a later one, was seen first; by {@link System#nanoTime}. */
    synchronized long when(long order) {
        for (int i = advances.size(); i > 0; i--) {
            if (advances.get(i - 1).order() < order) {
                return advances.get(i).nanos();
            }
        }
        return advances.get(0).nanos();
    }

    /** The longest time without an advance since a moment, up to the last one. */
    synchronized double longestPause(long since) {
        long longest = 0;
        for (int i = advances.size() - 1; i > 0 && advances.get(i).nanos() > since; i--) {
            longest = Math.max(
                    longest, advances.get(i).nanos() - advances.get(i - 1).nanos());
        }
        return longest / 1e9;
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
