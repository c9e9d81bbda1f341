package io.laminar.connector.jdbc.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables as the metadata of JDBC describes them, for any database. */
public final class DescribedTables {

    private DescribedTables() {}

    /**
     * What the database says of a table.
     *
     * @param anyType whether columns take values of every type
     * @throws io.laminar.spi.error.LaminarException RESOURCE_NOT_FOUND if it is not there
     */
    public static DatabaseTable describe(Connection connection, String table, boolean anyType) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        String quoted = table.contains(quote)
                ? table
                : Arrays.stream(table.split("\\."))
                        .map(part -> quote + part + quote)
                        .collect(Collectors.joining("."));
        DatabaseTable found = tried(connection, table, quoted, anyType);
        if (found == null) {
            found = tried(connection, table, table, anyType);
        }
        if (found == null) {
            throw TableNames.notFound(table, names(connection.getMetaData()));
        }
        return found;
    }

    private static @Nullable DatabaseTable tried(Connection connection, String table, String sql, boolean anyType)
            throws SQLException {
        try (PreparedStatement empty = connection.prepareStatement("SELECT * FROM " + sql + " WHERE 1 = 0");
                ResultSet rows = empty.executeQuery()) {
            return described(connection.getMetaData(), rows.getMetaData(), table, sql, anyType);
        } catch (SQLException e) {
            if (JdbcErrors.isPassing(e)) {
                throw e;
            }
            return null;
        }
    }

    private static DatabaseTable described(
            DatabaseMetaData database, ResultSetMetaData rows, String table, String sql, boolean anyType)
            throws SQLException {
        String catalog = orNull(rows.getCatalogName(1));
        String schema = orNull(rows.getSchemaName(1));
        String name = rows.getTableName(1);
        Map<String, Boolean> defaults = new HashMap<>();
        Set<String> generated = new HashSet<>();
        try (ResultSet columns = database.getColumns(catalog, schema, name, "%")) {
            while (columns.next()) {
                String column = columns.getString("COLUMN_NAME");
                boolean filled =
                        columns.getString("COLUMN_DEF") != null || "YES".equals(columns.getString("IS_AUTOINCREMENT"));
                defaults.put(column, filled);
                if ("YES".equals(columns.getString("IS_GENERATEDCOLUMN"))) {
                    generated.add(column);
                }
            }
        }
        List<DatabaseColumn> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getColumnCount(); i++) {
            String column = rows.getColumnName(i);
            boolean filled = generated.contains(column) || defaults.getOrDefault(column, false);
            columns.add(new DatabaseColumn(
                    column,
                    rows.getColumnTypeName(i),
                    anyType ? TypeFamily.ANY : TypeFamily.of(rows.getColumnType(i), rows.getColumnTypeName(i)),
                    null,
                    rows.isNullable(i) == ResultSetMetaData.columnNoNulls && !filled,
                    generated.contains(column)));
        }
        return new DatabaseTable(table, sql, columns, keys(database, catalog, schema, name));
    }

    private static List<Set<String>> keys(
            DatabaseMetaData database, @Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        Map<String, Set<String>> keys = new HashMap<>();
        try (ResultSet columns = database.getPrimaryKeys(catalog, schema, table)) {
            while (columns.next()) {
                keys.computeIfAbsent("", name -> new HashSet<>()).add(columns.getString("COLUMN_NAME"));
            }
        }
        try (ResultSet columns = database.getIndexInfo(catalog, schema, table, true, true)) {
            while (columns.next()) {
                String column = columns.getString("COLUMN_NAME");
                String index = columns.getString("INDEX_NAME");
                if (column != null && index != null) {
                    keys.computeIfAbsent("index " + index, name -> new HashSet<>())
                            .add(column);
                }
            }
        }
        return List.copyOf(keys.values());
    }

    private static List<String> names(DatabaseMetaData database) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = database.getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE", "VIEW"})) {
            while (tables.next()) {
                if (!"INFORMATION_SCHEMA".equalsIgnoreCase(tables.getString("TABLE_SCHEM"))) {
                    names.add(tables.getString("TABLE_NAME"));
                }
            }
        }
        return names;
    }

    private static @Nullable String orNull(@Nullable String name) {
        return name == null || name.isEmpty() ? null : name;
    }
}
