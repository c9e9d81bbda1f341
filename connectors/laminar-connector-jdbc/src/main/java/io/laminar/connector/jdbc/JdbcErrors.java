package io.laminar.connector.jdbc;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** What errors of a database mean for a lookup. */
final class JdbcErrors {

    private JdbcErrors() {}

    /**
     * Whether asking again is of no use: by the class of the SQL state, wrong data (22), wrong password (28), what is not
     * there or not allowed (42, 3D, 3F).
     */
    static boolean isPermanent(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLFeatureNotSupportedException
                || (state != null
                        && (state.startsWith("22")
                                || state.startsWith("28")
                                || state.startsWith("42")
                                || state.startsWith("3D")
                                || state.startsWith("3F")));
    }

    static LaminarException permanent(String table, SQLException e) {
        return new LaminarException(
                ErrorCode.LOOKUP_FAILED,
                "table '" + table + "' cannot be asked: " + firstLine(e),
                null,
                "compare url, table, columns and rights with the database",
                e);
    }

    static String firstLine(SQLException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** A URL without the parameters, which may hold a password. */
    static String withoutSecrets(String url) {
        int parameters = url.indexOf('?');
        String plain = parameters < 0 ? url : url.substring(0, parameters);
        int user = plain.indexOf('@');
        int host = plain.indexOf("//");
        return user > host && host >= 0 ? plain.substring(0, host + 2) + plain.substring(user + 1) : plain;
    }
}
