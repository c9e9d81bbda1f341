package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.DatabaseColumn;
import io.laminar.connector.jdbc.database.DatabaseTable;
import io.laminar.connector.jdbc.database.TableNames;
import io.laminar.connector.jdbc.database.TypeFamily;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 12 and later, and what speaks like it. */
final class PostgresDialect implements Dialect {
    /**
     * Where commits do not wait for the log to be written, a server that crashes loses the last ones, which a complete
     * checkpoint counts on; other settings, which wait for more or for less than a standby, stay.
     */
    private static final String DURABLE_COMMITS = "SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    private static final String TABLES = """
            SELECT c.relname FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            ORDER BY 1 LIMIT 1000
            """;

    /** Types as SQL writes them without a length, which a cast would apply silently: hence the -1. */
    private static final String COLUMNS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, -1), b.typname, b.typcategory, e.typname, e.typcategory,
                   a.attnotnull AND NOT a.atthasdef AND a.attidentity = '', a.attgenerated <> '' OR a.attidentity = 'a'
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
            LEFT JOIN pg_catalog.pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
            WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    /** Indexes that ON CONFLICT can mean: unique at once, over all rows, over plain columns. */
    private static final String KEYS = """
            SELECT array_agg(a.attname::text)
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])
            WHERE i.indrelid = ?::regclass AND i.indisunique AND i.indimmediate AND i.indisvalid
                  AND i.indpred IS NULL AND i.indexprs IS NULL
            GROUP BY i.indexrelid
            """;

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean upserts() {
        return true;
    }

    @Override
    public boolean arrays() {
        return true;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        execute(connection, "SET TIME ZONE 'UTC'");
        execute(connection, DURABLE_COMMITS);
    }

    @Override
    public void limitLockWaits(Connection connection, long millis) throws SQLException {
        execute(connection, "SET lock_timeout = " + millis);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public DatabaseTable describe(Connection connection, String table) throws SQLException {
        String quoted = quotedParts(table);
        String sql = existing(connection, quoted);
        if (sql == null) {
            sql = existing(connection, table);
        }
        if (sql == null) {
            throw TableNames.notFound(table, names(connection));
        }
        return new DatabaseTable(table, sql, columns(connection, sql), keys(connection, sql));
    }

    /** The parts of {@code schema.table} as they are, so that upper case stays so. */
    private static String quotedParts(String table) {
        return table.contains("\"")
                ? table
                : Arrays.stream(table.split("\\.")).map(PostgresDialect::quote).collect(Collectors.joining("."));
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The table's name for statements; null if there is no such table. */
    private static @Nullable String existing(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?)::text")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException e) {
            // What is not the name of anything (42602, 42601) is no table either.
            if (String.valueOf(e.getSQLState()).startsWith("42") || "0A000".equals(e.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static List<DatabaseColumn> columns(Connection connection, String sql) throws SQLException {
        List<DatabaseColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String element = rows.getString(5);
                    columns.add(new DatabaseColumn(
                            rows.getString(1),
                            rows.getString(2),
                            family(rows.getString(3), rows.getString(4)),
                            element == null ? null : family(element, rows.getString(6)),
                            rows.getBoolean(7),
                            rows.getBoolean(8)));
                }
            }
        }
        return columns;
    }

    private static TypeFamily family(String type, String category) {
        return switch (type) {
            case "int2", "int4", "int8", "oid" -> TypeFamily.INTEGER;
            case "numeric" -> TypeFamily.DECIMAL;
            case "float4", "float8" -> TypeFamily.FLOAT;
            case "bytea" -> TypeFamily.BYTES;
            case "date" -> TypeFamily.DATE;
            case "time" -> TypeFamily.TIME;
            case "timestamp" -> TypeFamily.TIMESTAMP;
            case "timestamptz" -> TypeFamily.TIMESTAMPTZ;
            case "interval" -> TypeFamily.INTERVAL;
            case "json", "jsonb" -> TypeFamily.JSON;
            default ->
                switch (category) {
                    case "B" -> TypeFamily.BOOLEAN;
                    case "S" -> TypeFamily.TEXT;
                    case "A" -> TypeFamily.ARRAY;
                    default -> TypeFamily.OTHER;
                };
        };
    }

    private static List<Set<String>> keys(Connection connection, String sql) throws SQLException {
        List<Set<String>> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(Set.of((String[]) rows.getArray(1).getArray()));
                }
            }
        }
        return keys;
    }

    @Override
    public RowWriter writer(Connection connection, Target target) throws SQLException {
        return new PostgresWriter(connection, target);
    }
}
