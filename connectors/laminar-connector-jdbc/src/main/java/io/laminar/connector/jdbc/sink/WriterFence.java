package io.laminar.connector.jdbc.sink;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Keeps a writer that hung and was given up from writing old values over those of its successor when it wakes up. Every
 * connection says in its application name whose it is and since when that writer writes, by the clock of the server. Who
 * comes ends the sessions of writers before it, and gives up if there is one after it. For PostgreSQL.
 */
final class WriterFence {
    private static final String KIND = "laminar";

    private final String table;
    private final String prefix;
    private final int subtask;
    private final int subtasks;
    private long since;

    /** @param owner the use of the table by a job, the same whenever the job goes on */
    WriterFence(String owner, String table, int subtask, int subtasks) {
        this.table = table;
        this.subtask = subtask;
        this.subtasks = subtasks;
        byte[] of = (owner + '/' + table).getBytes(StandardCharsets.UTF_8);
        // The name of an application has 63 bytes at most.
        long hash = UUID.nameUUIDFromBytes(of).getMostSignificantBits();
        prefix = KIND + '/' + HexFormat.of().toHexDigits(hash) + '/';
    }

    static WriterFence of(String owner, SinkSettings settings, WriterInitContext context) {
        return new WriterFence(
                owner,
                settings.table(),
                context.getTaskInfo().getIndexOfThisSubtask(),
                context.getTaskInfo().getNumberOfParallelSubtasks());
    }

    /** A session of some writer of the same table and job. */
    private record Session(int pid, int subtask, int subtasks, long since) {
        static Session of(int pid, String name) {
            String[] parts = name.split("/");
            return new Session(pid, Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), Long.parseLong(parts[4]));
        }

        /** Whether this one, if it is the later one, takes the place of a subtask. */
        boolean replaces(int other) {
            return subtask == other || (subtask == 0 && other >= subtasks);
        }
    }

    /**
     * Makes a new connection of this writer the only one.
     *
     * @throws LaminarException OUTPUT_FAILED if another writer has taken its place
     */
    void enter(Connection connection) throws SQLException {
        if (since == 0) {
            since = now(connection);
        }
        Session own = new Session(0, subtask, subtasks, since);
        connection.setClientInfo("ApplicationName", prefix + subtask + '/' + subtasks + '/' + since);
        for (Session other : others(connection)) {
            if (other.since() > since && other.replaces(subtask)) {
                throw new LaminarException(
                        ErrorCode.OUTPUT_FAILED,
                        "table '" + table + "': another subtask of the same job has taken over: this one was given up");
            } else if (other.since() < since && own.replaces(other.subtask())) {
                terminate(connection, other.pid());
            }
        }
    }

    private static long now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery(
                        "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)")) {
            now.next();
            return now.getLong(1);
        }
    }

    private List<Session> others(Connection connection) throws SQLException {
        List<Session> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT pid, application_name FROM"
                + " pg_stat_activity WHERE starts_with(application_name, ?) AND pid <> pg_backend_pid()")) {
            statement.setString(1, prefix);
            try (ResultSet sessions = statement.executeQuery()) {
                while (sessions.next()) {
                    found.add(Session.of(sessions.getInt(1), sessions.getString(2)));
                }
            }
        }
        return found;
    }

    private static void terminate(Connection connection, int pid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
            statement.setInt(1, pid);
            statement.execute();
        }
    }
}
