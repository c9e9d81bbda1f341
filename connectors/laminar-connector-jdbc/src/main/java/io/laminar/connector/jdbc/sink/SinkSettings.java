package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.Database;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How a table is written.
 *
 * @param name the table in SQL
 * @param table the table in the database
 * @param key positions of the columns by which rows replace each other; empty if rows are only added
 * @param batchRows rows of one statement, or of one batch of statements
 * @param flushInterval the longest that rows wait for others; zero: until the batch is full or a checkpoint comes
 * @param retryTimeout how long a database may be away
 * @param ledger the table of commits, for {@link Guarantee#LEDGER}
 */
public record SinkSettings(
        String name,
        Database database,
        String table,
        Schema schema,
        List<Integer> key,
        Guarantee guarantee,
        int batchRows,
        Duration flushInterval,
        Duration retryTimeout,
        String ledger,
        BadDataPolicy badData)
        implements Serializable {

    /** What a failure may do to rows. */
    public enum Guarantee {
        /** Rows since the last checkpoint may come again. */
        AT_LEAST_ONCE,
        /** Rows come again and replace themselves. */
        UPSERT,
        /** Rows wait in checkpoints and are written once these are complete, with a note of that in the database. */
        LEDGER,
        /** Rows are written at once, in a transaction that is committed once the checkpoint is complete. */
        XA
    }

    public SinkSettings {
        key = List.copyOf(key);
    }
}
