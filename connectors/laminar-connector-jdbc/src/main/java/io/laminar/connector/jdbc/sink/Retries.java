package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.time.Duration;

/** Does something again while the database is away, with growing pauses, for a limited time. */
final class Retries {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final String table;
    private final Duration limit;
    private final Waiting waiting;

    Retries(String table, Duration limit, Waiting waiting) {
        this.table = table;
        this.limit = limit;
        this.waiting = waiting;
    }

    /** Something that starts from the beginning every time. */
    @FunctionalInterface
    interface Attempt {
        void run() throws SQLException;
    }

    /**
     * Runs until it works.
     *
     * @param cleanUp what makes room for the next attempt after a failed one
     * @throws LaminarException OUTPUT_FAILED if it does not within the limit or never will
     */
    void run(Attempt attempt, Runnable cleanUp) throws InterruptedException {
        long start = waiting.now();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                attempt.run();
                return;
            } catch (SQLException e) {
                cleanUp.run();
                if (!JdbcErrors.isPassing(e)) {
                    throw failed(table, e);
                }
                if (waiting.now() - start + pause * 1_000_000 > limit.toNanos()) {
                    throw away(e);
                }
                waiting.pause(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
    }

    private LaminarException away(SQLException e) {
        return new LaminarException(
                ErrorCode.OUTPUT_FAILED,
                "table '" + table + "' could not be written for " + limit.toSeconds() + " s: "
                        + JdbcErrors.firstLine(e),
                null,
                "rows since the last checkpoint are written when the pipeline goes on from it; sink.retry_timeout says"
                        + " how long the database may be away",
                e);
    }

    static LaminarException failed(String table, SQLException e) {
        return new LaminarException(
                ErrorCode.OUTPUT_FAILED,
                "table '" + table + "' cannot be written: " + JdbcErrors.withDetail(e),
                null,
                null,
                e);
    }
}
