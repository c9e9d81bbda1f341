package io.laminar.connector.jdbc.database;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.List;

/** The error of a table that is not there. */
public final class TableNames {
    private static final int SHOWN = 10;

    private TableNames() {}

    public static LaminarException notFound(String table, List<String> existing) {
        String nearest = NearestName.hint(table.substring(table.lastIndexOf('.') + 1), existing);
        String some = String.join(", ", existing.subList(0, Math.min(SHOWN, existing.size())));
        return new LaminarException(
                ErrorCode.RESOURCE_NOT_FOUND,
                "the database has no table '" + table + "'",
                nearest != null
                        ? nearest
                        : existing.isEmpty()
                                ? "it has no tables that this user can see; create it first"
                                : "it has " + some + (existing.size() > SHOWN ? ", ..." : ""));
    }
}
