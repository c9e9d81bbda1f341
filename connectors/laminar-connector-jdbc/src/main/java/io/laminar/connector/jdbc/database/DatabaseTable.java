package io.laminar.connector.jdbc.database;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as its database describes it.
 *
 * @param written the name in the table's options
 * @param sql the name for statements, quoted where it has to be
 * @param uniqueKeys names of the columns of each primary key and unique index over plain columns
 */
public record DatabaseTable(String written, String sql, List<DatabaseColumn> columns, List<Set<String>> uniqueKeys) {

    /** The column of a name: spelled the same or, if there is none, in another case. */
    public @Nullable DatabaseColumn find(String name) {
        DatabaseColumn found = null;
        for (DatabaseColumn column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
            if (column.name().equalsIgnoreCase(name)) {
                found = column;
            }
        }
        return found;
    }

    /**
     * The columns that a schema names.
     *
     * @throws LaminarException INVALID_SCHEMA for a name that is none
     */
    public List<DatabaseColumn> columns(Schema schema) {
        List<DatabaseColumn> found = new ArrayList<>();
        for (Field field : schema.fields()) {
            DatabaseColumn column = find(field.name());
            if (column == null) {
                List<String> names = columns.stream().map(DatabaseColumn::name).toList();
                String hint = NearestName.hint(field.name(), names);
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "table '" + written + "' of the database has no column '" + field.name() + "'",
                        hint != null ? hint : "it has " + String.join(", ", names));
            }
            found.add(column);
        }
        return found;
    }

    /** Whether columns are a key: the database has a primary key or unique index of exactly these. */
    public boolean isUnique(List<DatabaseColumn> key) {
        Set<String> names = new HashSet<>();
        key.forEach(column -> names.add(column.name()));
        return uniqueKeys.contains(names);
    }
}
