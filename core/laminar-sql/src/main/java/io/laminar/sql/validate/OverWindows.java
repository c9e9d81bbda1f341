package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.sql.error.Places;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The windows that the WINDOW clauses of open queries give names to. */
final class OverWindows {
    private final Deque<Map<String, SqlWindow>> open = new ArrayDeque<>();

    /** Begins a query. */
    void begin(SqlNodeList declared) {
        Map<String, SqlWindow> windows = new HashMap<>();
        open.push(windows);
        for (SqlNode node : declared) {
            SqlWindow window = (SqlWindow) Objects.requireNonNull(node);
            SqlIdentifier name = Objects.requireNonNull(window.getDeclName());
            if (windows.put(key(name), resolve(window)) != null) {
                throw new LaminarException(
                        ErrorCode.DUPLICATE_NAME,
                        "there are two windows '" + name.getSimple() + "'",
                        Places.of(name),
                        null,
                        null);
            }
        }
    }

    /** Ends the query that began last. */
    void end() {
        open.pop();
    }

    private static String key(SqlIdentifier name) {
        return name.getSimple().toLowerCase(Locale.ROOT);
    }

    /** What stands behind OVER, with the parts of the window that it names. */
    SqlWindow resolve(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            return named(name);
        }
        SqlWindow window = (SqlWindow) node;
        SqlIdentifier base = window.getRefName();
        return base == null ? window : extend(named(base), window, base);
    }

    private SqlWindow named(SqlIdentifier name) {
        Map<String, SqlWindow> windows = open.isEmpty() ? Map.of() : open.getFirst();
        SqlWindow window = windows.get(key(name));
        if (window == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_QUERY,
                    "there is no window '" + name.getSimple() + "'",
                    Places.of(name),
                    Objects.requireNonNullElse(
                            NearestName.hint(name.getSimple(), windows.keySet()),
                            "declare it behind FROM and GROUP BY: WINDOW " + name.getSimple()
                                    + " AS (PARTITION BY ...)"),
                    null);
        }
        return window;
    }

    private static SqlWindow extend(SqlWindow base, SqlWindow window, SqlIdentifier name) {
        boolean twice = !window.getPartitionList().isEmpty()
                || (!window.getOrderList().isEmpty() && !base.getOrderList().isEmpty())
                || base.getLowerBound() != null;
        if (twice) {
            throw new LaminarException(
                    ErrorCode.INVALID_QUERY,
                    "window '" + name.getSimple() + "' says already what is said again here",
                    Places.of(window),
                    "add only an ORDER BY or a frame that it does not have",
                    null);
        }
        SqlNodeList order = window.getOrderList().isEmpty() ? base.getOrderList() : window.getOrderList();
        return SqlWindow.create(
                null,
                null,
                base.getPartitionList(),
                order,
                org.apache.calcite.sql.SqlLiteral.createBoolean(window.isRows(), SqlParserPos.ZERO),
                window.getLowerBound(),
                window.getUpperBound(),
                org.apache.calcite.sql.SqlLiteral.createBoolean(window.isAllowPartial(), SqlParserPos.ZERO),
                exclusion(window),
                window.getParserPosition());
    }

    private static org.apache.calcite.sql.@Nullable SqlLiteral exclusion(SqlWindow window) {
        return window.getExclude();
    }
}
