package io.laminar.connector.jdbc.database;

import io.laminar.connector.jdbc.dialect.Dialect;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.TableDescriptor;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks a database what it is and what it has, without a job. */
public final class DatabaseProbe {
    private static final String[] TABLES = {"TABLE", "BASE TABLE", "VIEW", "MATERIALIZED VIEW", "PARTITIONED TABLE"};

    private DatabaseProbe() {}

    /** @throws LaminarException UNREACHABLE or ACCESS_DENIED */
    public static SystemReport reach(Database database) {
        try (Connection connection = database.connect()) {
            DatabaseMetaData about = connection.getMetaData();
            Map<String, String> details = new TreeMap<>();
            details.put("url", database.shown());
            details.put("driver", about.getDriverName() + " " + about.getDriverVersion());
            String user = about.getUserName();
            if (user != null && !user.isEmpty()) {
                details.put("user", user);
            }
            return new SystemReport(about.getDatabaseProductName(), about.getDatabaseProductVersion(), details);
        } catch (SQLException e) {
            throw JdbcErrors.unreachable(database, e);
        }
    }

    /**
     * What is known of a table or query once it has been asked for no rows.
     *
     * @throws LaminarException RESOURCE_NOT_FOUND, INVALID_SCHEMA, INVALID_OPTION for a query that does not run
     */
    public static Map<String, String> facts(
            Database database, @Nullable String table, @Nullable String query, TableDescriptor descriptor) {
        try (Connection connection = database.connect()) {
            if (table == null) {
                return Map.of("columns", String.valueOf(columnsOf(connection, String.valueOf(query))));
            }
            DatabaseTable found = Dialect.of(connection).describe(connection, table);
            found.columns(descriptor.schema());
            return Map.of("columns", String.valueOf(found.columns().size()), "table", found.sql());
        } catch (SQLException e) {
            throw JdbcErrors.unreachable(database, e);
        }
    }

    private static int columnsOf(Connection connection, String query) throws SQLException {
        String sql = "SELECT * FROM (" + query.strip().replaceAll(";$", "") + ") q WHERE 1 = 0";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet none = statement.executeQuery()) {
            return none.getMetaData().getColumnCount();
        } catch (SQLException e) {
            if (JdbcErrors.isPassing(e)) {
                throw e;
            }
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, "query: " + JdbcErrors.firstLine(e), null, "it is the database's SQL", e);
        }
    }

    /** Schemas, tables of a schema, or columns of a table. */
    public static List<Suggestion> suggest(Database database, SuggestionQuery query) {
        try (Connection connection = database.connect()) {
            DatabaseMetaData about = connection.getMetaData();
            return switch (query.kind()) {
                case "schemas" -> found(about.getSchemas(), "TABLE_SCHEM", "", query);
                case "tables" ->
                    found(
                            about.getTables(
                                    connection.getCatalog(), query.within().get("schema"), "%", TABLES),
                            "TABLE_NAME",
                            "TABLE_SCHEM",
                            query);
                default -> columns(connection, query);
            };
        } catch (SQLException e) {
            throw JdbcErrors.unreachable(database, e);
        }
    }

    private static List<Suggestion> columns(Connection connection, SuggestionQuery query) throws SQLException {
        String table = query.within().get("table");
        if (table == null) {
            throw new LaminarException(ErrorCode.MISSING_OPTION, "columns are those of a table", "name it as table");
        }
        List<Suggestion> columns = new ArrayList<>();
        for (DatabaseColumn column :
                Dialect.of(connection).describe(connection, table).columns()) {
            if (query.admits(column.name()) && columns.size() < query.limit()) {
                columns.add(new Suggestion(column.name(), column.type()));
            }
        }
        return columns;
    }

    /** @param detail name of the column with the detail; empty for none */
    private static List<Suggestion> found(ResultSet rows, String name, String detail, SuggestionQuery query)
            throws SQLException {
        List<Suggestion> found = new ArrayList<>();
        try (rows) {
            while (rows.next() && found.size() < query.limit()) {
                String value = rows.getString(name);
                String schema = detail.isEmpty() ? value : rows.getString(detail);
                String more = detail.isEmpty() || schema == null ? "" : schema;
                if (query.admits(value) && !isInternal(schema == null ? "" : schema)) {
                    found.add(new Suggestion(value, more));
                }
            }
        }
        return found;
    }

    /** Schemas in which a database keeps what it knows of itself. */
    private static boolean isInternal(String schema) {
        return schema.equalsIgnoreCase("information_schema") || schema.startsWith("pg_");
    }
}
