package io.laminar.connector.jdbc;

import io.laminar.connector.jdbc.database.Database;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options of tables of databases. */
final class JdbcOptions {
    static final Option URL = Option.text("url", "The database, as in jdbc:postgresql://host/name.")
            .asRequired()
            .ofConnection();
    static final Option TABLE = Option.text("table", "The table or view, with its schema if need be.");
    static final Option QUERY = Option.text("query", "A query to read instead of a table, in the database's SQL.");
    static final Option PARTITION_COLUMN = Option.text(
            "partition.column",
            "A column of numbers or times by whose ranges the table is read: by several subtasks, and after a failure"
                    + " only what was not read.");
    static final Option PARTITION_NUM =
            Option.integer("partition.num", "How many ranges.").withDefault(16L);
    static final Option FETCH_SIZE = Option.integer("source.fetch_size", "Rows got at once.")
            .withDefault(2048L)
            .asAccess();
    static final Option USERNAME =
            Option.text("username", "Who connects.").asAccess().ofConnection();
    static final Option PASSWORD =
            Option.text("password", "The password of who connects.").asSecret().ofConnection();
    static final Option CONNECTIONS = Option.integer(
                    "lookup.connections",
                    "Connections of each subtask, which is how many requests run at the same time.")
            .withDefault(4L)
            .asAccess();

    static final String APPEND = "append";
    static final String UPSERT = "upsert";
    static final Option MODE = Option.choice(
            "sink.mode",
            List.of(APPEND, UPSERT),
            "append inserts; upsert replaces and deletes by the PRIMARY KEY, and is what a table with one does.");
    static final Option BATCH_SIZE = Option.integer("sink.batch_size", "Rows written at once.")
            .withDefault(4096L)
            .asAccess();
    static final Option FLUSH_INTERVAL = Option.duration(
                    "sink.flush_interval",
                    "The longest that rows wait for a batch to fill; 0: until it is full or a checkpoint comes. Of no"
                            + " meaning with ledger and xa, whose rows come with checkpoints.")
            .withDefault(1_000_000L)
            .asAccess();
    static final Option EXACTLY_ONCE = Option.choice(
            "sink.exactly_once",
            List.of(UPSERT, "ledger", "xa"),
            "upsert: rows that come again replace themselves (what a table with a PRIMARY KEY does); ledger: rows wait"
                    + " in checkpoints and are written in one transaction with a note of it; xa: prepared transactions."
                    + " Absent, for a table without a key: at least once.");
    static final Option LEDGER_TABLE = Option.text(
                    "sink.ledger_table", "The table of notes for ledger; made on first use.")
            .withDefault("laminar_commits");
    static final Option RETRY_TIMEOUT = Option.duration(
                    "sink.retry_timeout", "How long the database may be away before the job fails.")
            .withDefault(60_000_000L)
            .asAccess();

    static final List<Option> ALL = List.of(
            URL,
            TABLE,
            USERNAME,
            PASSWORD,
            QUERY,
            PARTITION_COLUMN,
            PARTITION_NUM,
            FETCH_SIZE,
            CONNECTIONS,
            MODE,
            BATCH_SIZE,
            FLUSH_INTERVAL,
            EXACTLY_ONCE,
            LEDGER_TABLE,
            RETRY_TIMEOUT);

    private static final Pattern USER_IN_URL = Pattern.compile("^jdbc:postgresql://[^/?]*@");

    private JdbcOptions() {}

    /** @throws LaminarException INVALID_OPTION for one that PostgreSQL's driver does not understand, and logs as it is */
    static String url(OptionValues options) {
        String url = options.text(URL);
        if (USER_IN_URL.matcher(url).find()) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "option 'url': PostgreSQL's driver knows no user and password before the host",
                    "username and password are options of their own");
        }
        return url;
    }

    static Database database(OptionValues options) {
        return new Database(url(options), text(options, USERNAME), text(options, PASSWORD));
    }

    /** @throws LaminarException MISSING_OPTION where a table has to be named */
    static String table(OptionValues options) {
        String table = text(options, TABLE);
        if (table == null) {
            throw new LaminarException(
                    ErrorCode.MISSING_OPTION, "option 'table' is required", "a query can only be read as a source");
        }
        return table;
    }

    static @Nullable String text(OptionValues options, Option option) {
        return (String) options.find(option).orElse(null);
    }
}
