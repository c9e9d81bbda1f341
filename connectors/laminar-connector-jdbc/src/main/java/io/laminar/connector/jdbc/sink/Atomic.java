package io.laminar.connector.jdbc.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes all of some statements take effect or none of them. */
enum Atomic {
    /** A transaction of its own. */
    TRANSACTION {
        @Override
        void run(Connection connection, Statements statements) throws SQLException {
            if (connection.getAutoCommit()) {
                connection.setAutoCommit(false);
            }
            try {
                statements.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                undo(connection::rollback, e);
                throw e;
            }
        }
    },
    /** A part of the transaction that is open; what went before it stays. */
    SAVEPOINT {
        @Override
        void run(Connection connection, Statements statements) throws SQLException {
            execute(connection, "SAVEPOINT laminar");
            try {
                statements.run();
            } catch (SQLException e) {
                undo(() -> execute(connection, "ROLLBACK TO SAVEPOINT laminar"), e);
                throw e;
            }
            execute(connection, "RELEASE SAVEPOINT laminar");
        }
    };

    /** Something done by a connection. */
    @FunctionalInterface
    interface Statements {
        void run() throws SQLException;
    }

    abstract void run(Connection connection, Statements statements) throws SQLException;

    private static void undo(Statements undoing, Exception failure) {
        try {
            undoing.run();
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
            failure.addSuppressed(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
