package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The table in which a database notes, in the transaction that writes the rows, what has been written: for each writer
 * the number of its last commit. So a commit that is asked for again is known to be done.
 */
final class Ledger {
    private final String table;

    Ledger(String table) {
        this.table = table;
    }

    private String ddl() {
        return "CREATE TABLE " + table + " (writer VARCHAR(64) NOT NULL PRIMARY KEY, commit_number BIGINT NOT NULL)";
    }

    /**
     * Makes the table unless it is there; in transactions of its own.
     *
     * @throws LaminarException OUTPUT_FAILED if it is not there and cannot be made
     */
    void create(Connection connection) throws SQLException {
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl());
        } catch (SQLException e) {
            // Another subtask may have made it at the same time.
            if (!exists(connection)) {
                if (JdbcErrors.isPassing(e)) {
                    throw e;
                }
                throw new LaminarException(
                        ErrorCode.OUTPUT_FAILED,
                        "the table of commits '" + table + "' cannot be made: " + JdbcErrors.firstLine(e),
                        null,
                        "let somebody make it who may, or name another one by sink.ledger_table: " + ddl(),
                        e);
            }
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT writer, commit_number FROM " + table + " WHERE 1 = 0")) {
            return rows.getMetaData().getColumnCount() == 2;
        } catch (SQLException e) {
            if (JdbcErrors.isPassing(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Notes a commit; false if it, or a later one, has been noted before. Others wait for the end of the transaction. */
    boolean advance(Connection connection, String writer, long number) throws SQLException {
        String update = "UPDATE " + table + " SET commit_number = ? WHERE writer = ? AND commit_number < ?";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, number);
            statement.setString(2, writer);
            statement.setLong(3, number);
            if (statement.executeUpdate() > 0) {
                return true;
            }
        }
        if (known(connection, writer)) {
            return false;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " (writer, commit_number) VALUES (?, ?)")) {
            statement.setString(1, writer);
            statement.setLong(2, number);
            statement.executeUpdate();
            return true;
        }
    }

    private boolean known(Connection connection, String writer) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT commit_number FROM " + table + " WHERE writer = ?")) {
            statement.setString(1, writer);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Forgets writers of whom no commit can be asked for again. */
    void remove(Connection connection, List<String> writers) throws SQLException {
        if (writers.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + table + " WHERE writer = ?")) {
            for (String writer : writers) {
                statement.setString(1, writer);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
