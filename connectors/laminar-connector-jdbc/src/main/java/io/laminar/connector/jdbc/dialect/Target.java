package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.DatabaseColumn;
import io.laminar.connector.jdbc.database.DatabaseTable;
import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * What rows are written into.
 *
 * @param columns the table's column for each of the schema
 * @param key positions of the columns by which rows replace each other; empty if they do not
 */
public record Target(DatabaseTable table, Schema schema, List<DatabaseColumn> columns, List<Integer> key) {

    public Target(DatabaseTable table, Schema schema, List<Integer> key) {
        this(table, schema, table.columns(schema), List.copyOf(key));
    }

    List<DatabaseColumn> keyColumns() {
        return key.stream().map(columns::get).toList();
    }

    /** Positions of the columns that are not of the key. */
    List<Integer> others() {
        return java.util.stream.IntStream.range(0, columns.size())
                .filter(i -> !key.contains(i))
                .boxed()
                .toList();
    }
}
