package io.laminar.connector.jdbc.source;

import io.laminar.connector.jdbc.database.Database;
import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.connector.jdbc.dialect.Dialect;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is read: the columns of a schema from a table or a query, by ranges of a column if there is one.
 *
 * @param name the table in SQL
 * @param from the table, or a query in brackets
 * @param partition the column by whose ranges it is read; null: all at once
 * @param parts how many ranges
 * @param fetchRows rows the driver gets at once
 * @param conditions that rows have to meet
 */
public record Scan(
        String name,
        Database database,
        String from,
        Schema schema,
        @Nullable String partition,
        int parts,
        int fetchRows,
        List<ColumnCondition> conditions)
        implements Serializable {

    /** Whether a condition leaves out rows of such a table. */
    public static boolean filters(Schema schema, ColumnCondition condition) {
        return ScanConditions.has(schema.type(schema.indexOf(condition.column())), condition);
    }

    /** A connection for reading; its transaction is open, so that rows come as they are fetched. */
    Connection connect() throws SQLException {
        Connection connection = database.connect();
        try {
            Dialect.of(connection).prepare(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** @throws LaminarException for what is not there or cannot be cut into ranges */
    public void check() {
        try (Connection connection = connect()) {
            TreeMap<String, Integer> known = columns(connection);
            schema.fields().stream().map(Field::name).forEach(column -> existing(column, known));
            if (partition != null) {
                int type = known.getOrDefault(existing(partition, known), Types.OTHER);
                if (!isNumber(type) && !isTime(type)) {
                    throw new LaminarException(
                            ErrorCode.INVALID_OPTION,
                            "partition.column '" + partition + "' has neither numbers nor times",
                            "ranges need an order with distances; leave it out to read all at once");
                }
            }
        } catch (SQLException e) {
            if (JdbcErrors.isPermanent(e) && !String.valueOf(e.getSQLState()).startsWith("28")) {
                throw new LaminarException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "'" + from + "' cannot be read: " + JdbcErrors.firstLine(e),
                        null,
                        "compare table or query with the database",
                        e);
            }
            throw JdbcErrors.unreachable(database, e);
        }
    }

    /** The columns there are, with their JDBC types. */
    private TreeMap<String, Integer> columns(Connection connection) throws SQLException {
        TreeMap<String, Integer> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (Statement statement = connection.createStatement();
                ResultSet empty = statement.executeQuery("SELECT * FROM " + from + " AS t WHERE 1 = 0")) {
            ResultSetMetaData known = empty.getMetaData();
            for (int i = 1; i <= known.getColumnCount(); i++) {
                columns.put(known.getColumnLabel(i), known.getColumnType(i));
            }
        }
        return columns;
    }

    /** The column as the database spells it. */
    private String existing(String column, TreeMap<String, Integer> known) {
        String spelled = known.ceilingKey(column);
        if (spelled == null || !spelled.equalsIgnoreCase(column)) {
            String hint = NearestName.hint(column, known.keySet());
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "table '" + name + "': the database has no column '" + column + "'",
                    hint != null ? hint : "it has " + String.join(", ", known.keySet()));
        }
        return spelled;
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> true;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> true;
            default -> false;
        };
    }

    private static boolean isTime(int type) {
        return type == Types.DATE || type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE;
    }

    private static String quoted(Connection connection, String column) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        return quote + column + quote;
    }

    /** The query for the rows of a split. */
    String query(Connection connection, ScanSplit split) throws SQLException {
        TreeMap<String, Integer> known = columns(connection);
        List<String> names = new ArrayList<>();
        for (Field field : schema.fields()) {
            names.add(quoted(connection, existing(field.name(), known)));
        }
        String where = where(connection, known, split);
        return "SELECT " + (names.isEmpty() ? "1" : String.join(", ", names)) + " FROM " + from + " AS t"
                + (where.isEmpty() ? "" : " WHERE " + where);
    }

    private String where(Connection connection, TreeMap<String, Integer> known, ScanSplit split) throws SQLException {
        List<String> all = new ArrayList<>();
        if (!split.condition().isEmpty()) {
            all.add(split.condition());
        }
        for (ColumnCondition condition : conditions) {
            String column = existing(condition.column(), known);
            int stored = known.getOrDefault(column, Types.OTHER);
            String sql = ScanConditions.sql(
                    condition, quoted(connection, column), schema.type(schema.indexOf(condition.column())), stored);
            if (sql != null) {
                all.add(sql);
            }
        }
        return all.size() == 1
                ? all.get(0)
                : all.stream().map(c -> "(" + c + ")").collect(Collectors.joining(" AND "));
    }

    /** Cuts the table into ranges of about the same width; rows with NULL there are in the first. */
    List<ScanSplit> splits() throws SQLException {
        if (partition == null || parts == 1) {
            return List.of(new ScanSplit("all", ""));
        }
        try (Connection connection = connect()) {
            TreeMap<String, Integer> known = columns(connection);
            String spelled = existing(partition, known);
            String column = quoted(connection, spelled);
            boolean time = isTime(known.getOrDefault(spelled, Types.OTHER));
            try (Statement statement = connection.createStatement();
                    ResultSet bounds = statement.executeQuery(
                            "SELECT min(" + column + "), max(" + column + ") FROM " + from + " AS t")) {
                bounds.next();
                String least = bounds.getString(1);
                String greatest = bounds.getString(2);
                if (least == null || greatest == null) {
                    return List.of(new ScanSplit("all", ""));
                }
                return ranges(column, Ranges.between(least, greatest, time, parts));
            }
        }
    }

    private static List<ScanSplit> ranges(String column, List<String> starts) {
        List<ScanSplit> splits = new ArrayList<>();
        for (int i = 0; i <= starts.size(); i++) {
            List<String> conditions = new ArrayList<>();
            if (i > 0) {
                conditions.add(column + " >= " + starts.get(i - 1));
            }
            if (i < starts.size()) {
                conditions.add(column + " < " + starts.get(i));
            }
            String condition = conditions.stream().collect(Collectors.joining(" AND "));
            boolean first = i == 0 && !condition.isEmpty();
            splits.add(new ScanSplit("range-" + i, first ? condition + " OR " + column + " IS NULL" : condition));
        }
        return splits;
    }

    /** Microseconds since the epoch of a date or timestamp as a database writes it. */
    static long micros(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return TemporalText.parseTimestamp(bytes, 0, bytes.length);
    }
}
