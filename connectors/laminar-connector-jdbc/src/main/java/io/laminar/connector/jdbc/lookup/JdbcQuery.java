package io.laminar.connector.jdbc.lookup;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The query for the rows of some keys: for each key a SELECT of its own that starts with the key's number, all joined by
 * UNION ALL. So every database understands it, uses its index, and compares keys by its own rules.
 *
 * @param select the columns, in the order of the schema
 * @param condition a comparison with the parameters of one key
 */
record JdbcQuery(String table, String select, String condition) {

    /**
     * Looks the columns up in the database, where their names may be spelled in another case.
     *
     * @throws LaminarException INVALID_SCHEMA for columns that are not there
     */
    static JdbcQuery of(Connection connection, String table, Schema schema, List<Integer> keys) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        TreeMap<String, String> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (PreparedStatement empty = connection.prepareStatement("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData known = empty.executeQuery().getMetaData();
            for (int i = 1; i <= known.getColumnCount(); i++) {
                columns.put(known.getColumnName(i), quote + known.getColumnName(i) + quote);
            }
        }
        List<String> names = schema.fields().stream()
                .map(field -> column(field, table, columns))
                .toList();
        return new JdbcQuery(
                table,
                String.join(", ", names),
                keys.stream().map(key -> names.get(key) + " = ?").collect(Collectors.joining(" AND ")));
    }

    private static String column(Field field, String table, TreeMap<String, String> columns) {
        String name = columns.get(field.name());
        if (name == null) {
            String hint = NearestName.hint(field.name(), columns.keySet());
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "table '" + table + "' of the database has no column '" + field.name() + "'",
                    hint != null ? hint : "it has " + String.join(", ", columns.keySet()));
        }
        return name;
    }

    String text(int count) {
        return IntStream.range(0, count)
                .mapToObj(key -> "SELECT " + key + ", " + select + " FROM " + table + " WHERE " + condition)
                .collect(Collectors.joining(" UNION ALL "));
    }
}
