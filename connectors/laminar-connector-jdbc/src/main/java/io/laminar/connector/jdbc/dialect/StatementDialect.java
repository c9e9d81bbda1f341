package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.DatabaseTable;
import io.laminar.connector.jdbc.database.DescribedTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Databases that take rows by statements with parameters, executed in batches. */
final class StatementDialect implements Dialect {
    private static final long MILLIS_PER_SECOND = 1_000;

    private final String product;
    private final UpsertSyntax upsert;

    StatementDialect(String product, UpsertSyntax upsert) {
        this.product = product;
        this.upsert = upsert;
    }

    @Override
    public String name() {
        return product;
    }

    @Override
    public boolean upserts() {
        return upsert != UpsertSyntax.NONE;
    }

    @Override
    public boolean arrays() {
        return false;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        if (upsert == UpsertSyntax.DUPLICATE_KEY) {
            execute(connection, "SET time_zone = '+00:00'");
        }
    }

    @Override
    public void limitLockWaits(Connection connection, long millis) throws SQLException {
        if (upsert == UpsertSyntax.DUPLICATE_KEY) {
            execute(connection, "SET innodb_lock_wait_timeout = " + Math.max(1, millis / MILLIS_PER_SECOND));
        } else if (upsert == UpsertSyntax.MERGE_KEY) {
            execute(connection, "SET LOCK_TIMEOUT " + millis);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public DatabaseTable describe(Connection connection, String table) throws SQLException {
        return DescribedTables.describe(connection, table, upsert == UpsertSyntax.ON_CONFLICT);
    }

    @Override
    public RowWriter writer(Connection connection, Target target) throws SQLException {
        return new StatementWriter(
                connection,
                target,
                upsert,
                upsert == UpsertSyntax.ON_CONFLICT ? ParameterBinder.Style.TEXT : ParameterBinder.Style.JAVA_TIME);
    }
}
