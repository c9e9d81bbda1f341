package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.dialect.Dialect;
import io.laminar.connector.jdbc.dialect.RowWriter;
import io.laminar.connector.jdbc.dialect.Target;
import java.sql.Connection;
import java.sql.SQLException;

/** A table that is ready to be written by a connection. */
record OpenTable(Connection connection, Dialect dialect, RowWriter writer) implements AutoCloseable {

    static OpenTable on(Connection connection, SinkSettings settings) throws SQLException {
        try {
            Dialect dialect = Dialect.of(connection);
            dialect.prepare(connection);
            Target target =
                    new Target(dialect.describe(connection, settings.table()), settings.schema(), settings.key());
            return new OpenTable(connection, dialect, dialect.writer(connection, target));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Gives the connection up; one that is broken is as good as closed. */
    @Override
    public void close() {
        try (connection) {
            writer.close();
        } catch (SQLException e) {
            return;
        }
    }
}
