package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.DatabaseTable;
import java.sql.Connection;
import java.sql.SQLException;

/** The SQL of one kind of database. */
public interface Dialect {

    /** The name of the database product. */
    String name();

    /** Whether rows can replace others by key. */
    boolean upserts();

    /** Whether lists can be stored in columns of arrays. */
    boolean arrays();

    /** Settings that every connection needs; made while no transaction is open. */
    void prepare(Connection connection) throws SQLException;

    /**
     * What the database says of a table.
     *
     * @throws io.laminar.spi.error.LaminarException RESOURCE_NOT_FOUND if it is not there
     */
    DatabaseTable describe(Connection connection, String table) throws SQLException;

    RowWriter writer(Connection connection, Target target) throws SQLException;

    /** Bounds the wait for locks of others, where the database can. */
    void limitLockWaits(Connection connection, long millis) throws SQLException;

    /** The dialect of whatever is at the other end. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> new PostgresDialect();
            case "MariaDB", "MySQL" -> new StatementDialect(product, UpsertSyntax.DUPLICATE_KEY);
            case "SQLite" -> new StatementDialect(product, UpsertSyntax.ON_CONFLICT);
            case "H2" -> new StatementDialect(product, UpsertSyntax.MERGE_KEY);
            default -> new StatementDialect(product, UpsertSyntax.NONE);
        };
    }
}
