package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Errors of XA, of which some say nothing but a number. */
final class XaErrors {

    private XaErrors() {}

    /** The error as one that {@link Retries} understands. */
    static SQLException of(XAException e) {
        SQLException cause = cause(e);
        if (e.errorCode == XAException.XAER_RMFAIL && (cause == null || !JdbcErrors.isPassing(cause))) {
            return new SQLRecoverableException(words(e), e);
        }
        return cause != null ? cause : new SQLException(words(e), e);
    }

    private static @Nullable SQLException cause(XAException e) {
        for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    static String words(XAException e) {
        SQLException cause = cause(e);
        if (cause != null) {
            return JdbcErrors.firstLine(cause);
        }
        return e.getMessage() != null ? e.getMessage() : "XA error " + e.errorCode;
    }

    static LaminarException notPrepared(String table, XAException e) {
        String words = words(e);
        String hint = words.contains("max_prepared_transactions") || words.contains("prepared transactions")
                ? "PostgreSQL's max_prepared_transactions has to be at least twice the number of subtasks that write"
                : "the rows are written again when the pipeline goes on from its last checkpoint";
        return new LaminarException(
                ErrorCode.OUTPUT_FAILED,
                "table '" + table + "': a transaction could not be prepared: " + words,
                null,
                hint,
                e);
    }
}
