package io.laminar.connector.jdbc.database;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What errors of a database mean. */
public final class JdbcErrors {
    /** Deadlock, conflict of transactions, too many connections, the server is going down or coming up. */
    private static final Set<String> PASSING =
            Set.of("40001", "40P01", "53300", "57P01", "57P02", "57P03", "25006", "55006");

    /** SQLite has no SQL states; its codes of constraints, mismatches and values too large; busy and locked. */
    private static final String SQLITE = "org.sqlite.";

    private static final Set<Integer> SQLITE_ROWS = Set.of(18, 19, 20);
    private static final Set<Integer> SQLITE_PASSING = Set.of(5, 6);

    private JdbcErrors() {}

    private static boolean isSqlite(SQLException e, Set<Integer> codes) {
        return e.getClass().getName().startsWith(SQLITE) && codes.contains(e.getErrorCode() & 0xff);
    }

    /**
     * Whether asking again is of no use: by the class of the SQL state, wrong data (22), wrong password (28), what is not
     * there or not allowed (42, 3D, 3F).
     */
    public static boolean isPermanent(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLFeatureNotSupportedException
                || (state != null
                        && (state.startsWith("22")
                                || state.startsWith("28")
                                || state.startsWith("42")
                                || state.startsWith("3D")
                                || state.startsWith("3F")));
    }

    /** Whether the same may work a little later, by a new connection. */
    public static boolean isPassing(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith("08") || PASSING.contains(state)))
                || isSqlite(e, SQLITE_PASSING);
    }

    /** Whether the data is at fault: a value the column does not take (22), a constraint (23), the same key twice (21). */
    public static boolean isAboutRows(SQLException e) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            String state = next.getSQLState();
            if (next instanceof SQLIntegrityConstraintViolationException
                    || isSqlite(next, SQLITE_ROWS)
                    || (state != null
                            && (state.startsWith("22") || state.startsWith("23") || state.startsWith("21")))) {
                return true;
            }
        }
        return false;
    }

    public static LaminarException permanent(String table, SQLException e) {
        return new LaminarException(
                ErrorCode.LOOKUP_FAILED,
                "table '" + table + "' cannot be asked: " + firstLine(e),
                null,
                "compare url, table, columns and rights with the database",
                e);
    }

    /** An error of a database that is not reached. */
    public static LaminarException unreachable(Database database, SQLException e) {
        boolean denied = String.valueOf(e.getSQLState()).startsWith("28");
        return new LaminarException(
                denied ? ErrorCode.ACCESS_DENIED : ErrorCode.UNREACHABLE,
                "the database '" + database.shown() + "' cannot be used: " + firstLine(e),
                null,
                denied
                        ? "compare username and password with the database"
                        : "compare url, username and password with the database, and see that it runs",
                e);
    }

    /** The database's own words: the message, and what it adds about the value. */
    public static String firstLine(SQLException e) {
        SQLException said = e;
        // Drivers say of a batch only that it failed; the reason comes after.
        while (said instanceof java.sql.BatchUpdateException && said.getNextException() != null) {
            said = said.getNextException();
        }
        String message = said.getMessage();
        return message == null
                ? said.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** The message with its second line, where PostgreSQL names the value and the constraint. */
    public static String withDetail(SQLException e) {
        SQLException said = e;
        while (said instanceof java.sql.BatchUpdateException && said.getNextException() != null) {
            said = said.getNextException();
        }
        String detail = detail(said);
        return detail == null ? firstLine(e) : firstLine(e) + " (" + detail + ")";
    }

    private static @Nullable String detail(SQLException e) {
        String message = e.getMessage();
        if (message == null) {
            return null;
        }
        return message.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Detail: "))
                .map(line -> line.substring("Detail: ".length()))
                .findFirst()
                .orElse(null);
    }

    /** A URL without the parameters, which may hold a password. */
    public static String withoutSecrets(String url) {
        String plain = url.split("[?;]", 2)[0];
        int user = plain.indexOf('@');
        int host = plain.indexOf("//");
        return user > host && host >= 0 ? plain.substring(0, host + 2) + plain.substring(user + 1) : plain;
    }
}
