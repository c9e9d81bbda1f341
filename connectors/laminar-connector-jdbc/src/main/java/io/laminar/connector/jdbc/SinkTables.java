package io.laminar.connector.jdbc;

import io.laminar.connector.jdbc.database.Database;
import io.laminar.connector.jdbc.database.DatabaseColumn;
import io.laminar.connector.jdbc.database.DatabaseTable;
import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.connector.jdbc.database.TypeFamily;
import io.laminar.connector.jdbc.database.XaDatabase;
import io.laminar.connector.jdbc.dialect.Dialect;
import io.laminar.connector.jdbc.sink.SinkSettings;
import io.laminar.connector.jdbc.sink.SinkSettings.Guarantee;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables that are written: what their options mean, and whether the database can do it. */
final class SinkTables {

    private SinkTables() {}

    static boolean upserts(TableDescriptor table) {
        String mode = JdbcOptions.text(table.options(), JdbcOptions.MODE);
        return mode == null ? !table.primaryKey().isEmpty() : mode.equals(JdbcOptions.UPSERT);
    }

    static SinkSettings settings(TableDescriptor table) {
        OptionValues options = table.options();
        List<Integer> key = upserts(table)
                ? table.primaryKey().stream().map(table.schema()::indexOf).toList()
                : List.of();
        return new SinkSettings(
                table.name(),
                JdbcOptions.database(options),
                JdbcOptions.table(options),
                table.schema(),
                key,
                guarantee(table),
                Math.toIntExact(options.integer(JdbcOptions.BATCH_SIZE)),
                duration(options.duration(JdbcOptions.FLUSH_INTERVAL)),
                duration(options.duration(JdbcOptions.RETRY_TIMEOUT)),
                options.text(JdbcOptions.LEDGER_TABLE),
                table.badData());
    }

    private static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static Guarantee guarantee(TableDescriptor table) {
        String wanted = JdbcOptions.text(table.options(), JdbcOptions.EXACTLY_ONCE);
        if (wanted == null) {
            return upserts(table) ? Guarantee.UPSERT : Guarantee.AT_LEAST_ONCE;
        }
        return table.options().choice(JdbcOptions.EXACTLY_ONCE, Guarantee.class);
    }

    /** @throws LaminarException for options that contradict each other and for a database that does not fit the table */
    static void check(TableDescriptor table) {
        checkOptions(table);
        SinkSettings settings = settings(table);
        Database database = settings.database();
        try (Connection connection = database.connect()) {
            Dialect dialect = Dialect.of(connection);
            DatabaseTable found = dialect.describe(connection, settings.table());
            List<DatabaseColumn> columns = found.columns(table.schema());
            checkColumns(table, found, columns, dialect);
            if (!settings.key().isEmpty()) {
                checkKey(found, settings.key().stream().map(columns::get).toList(), dialect);
            }
            if (settings.guarantee() == Guarantee.XA) {
                checkXa(database, connection);
            }
        } catch (SQLException e) {
            throw JdbcErrors.unreachable(database, e);
        }
    }

    // Options -------------------------------------------------------------------------------------------------------

    private static void checkOptions(TableDescriptor table) {
        OptionValues options = table.options();
        boolean upserts = upserts(table);
        if (upserts && table.primaryKey().isEmpty()) {
            throw refused("sink.mode = 'upsert' needs a key to find rows by", "declare a PRIMARY KEY");
        }
        Guarantee guarantee = guarantee(table);
        if (guarantee == Guarantee.UPSERT && !upserts) {
            throw refused(
                    "sink.exactly_once = 'upsert' is for tables whose rows replace themselves by key",
                    "declare a PRIMARY KEY, or say sink.exactly_once = 'ledger' or 'xa'");
        }
        if (guarantee == Guarantee.XA && upserts) {
            throw refused(
                    "sink.exactly_once = 'xa' is for tables without a key: a prepared transaction keeps its rows"
                            + " locked, and the next change of one of them would wait for it for ever",
                    "tables with a key are written exactly once by 'upsert' (the default), or by 'ledger' so that"
                            + " changes are seen with checkpoints only");
        }
        if (table.badData() == BadDataPolicy.DEAD_LETTER) {
            throw refused(
                    "bad_data = 'dead_letter' is for tables that are read; rows that a database refuses can be dropped",
                    "bad_data = 'drop' counts them");
        }
        long rows = options.integer(JdbcOptions.BATCH_SIZE);
        if (rows < 1 || rows > 1_000_000) {
            throw refused("sink.batch_size is between 1 and 1000000", null);
        }
        String url = JdbcOptions.url(options);
        if (url.contains("preferQueryMode=simple") || url.contains("binaryTransfer=false")) {
            throw refused(
                    "rows are written as binary arrays, which preferQueryMode=simple and binaryTransfer=false forbid",
                    "leave it out of the URL");
        }
    }

    private static LaminarException refused(String reason, @Nullable String hint) {
        return new LaminarException(ErrorCode.INVALID_OPTION, reason, hint);
    }

    // The database --------------------------------------------------------------------------------------------------

    private static void checkColumns(
            TableDescriptor table, DatabaseTable found, List<DatabaseColumn> columns, Dialect dialect) {
        for (int i = 0; i < columns.size(); i++) {
            Field field = table.schema().field(i);
            DatabaseColumn column = columns.get(i);
            if (column.generated()) {
                throw schema(
                        "column '" + column.name() + "' of table '" + found.written() + "' is computed by the database",
                        "leave it out of the table's columns");
            }
            boolean array = column.family() == TypeFamily.ARRAY && !dialect.arrays();
            if (!column.takes(field.type()) || array) {
                throw schema(
                        "column '" + field.name() + "' is " + field.type().sql() + ", and in the database it is "
                                + column.type() + (array ? ", which is written in PostgreSQL only" : ""),
                        hint(column));
            }
        }
        for (DatabaseColumn column : found.columns()) {
            if (column.required() && !columns.contains(column)) {
                throw schema(
                        "column '" + column.name() + "' of table '" + found.written()
                                + "' is NOT NULL without a default, and no row would have a value for it",
                        "add the column to the table, or give it a default in the database");
            }
        }
    }

    private static @Nullable String hint(DatabaseColumn column) {
        return switch (column.family()) {
            case BOOLEAN -> "declare it as BOOLEAN";
            case INTEGER -> "declare it as BIGINT or INT";
            case DECIMAL -> "declare it as DECIMAL(p, s)";
            case FLOAT -> "declare it as DOUBLE";
            case TEXT, OTHER -> "declare it as TEXT and convert in the query: CAST(... AS TEXT)";
            case BYTES -> "declare it as BYTEA";
            case DATE -> "declare it as DATE";
            case TIME -> "declare it as TIME";
            case TIMESTAMP, TIMESTAMPTZ -> "declare it as TIMESTAMP";
            case INTERVAL -> "declare it as INTERVAL";
            case JSON -> "declare it as JSON or TEXT";
            case ARRAY -> "declare it as an array of the same type";
            case ANY -> null;
        };
    }

    private static LaminarException schema(String reason, @Nullable String hint) {
        return new LaminarException(ErrorCode.INVALID_SCHEMA, reason, hint);
    }

    private static void checkKey(DatabaseTable found, List<DatabaseColumn> key, Dialect dialect) {
        List<String> names = key.stream().map(DatabaseColumn::name).toList();
        if (!dialect.upserts()) {
            throw refused(
                    "rows can be replaced by key in PostgreSQL, MariaDB, MySQL, SQLite and H2; this database is "
                            + dialect.name(),
                    "sink.mode = 'append' inserts only");
        }
        if (!found.isUnique(key)) {
            List<String> existing = found.uniqueKeys().stream()
                    .map(columns ->
                            "(" + String.join(", ", columns.stream().sorted().toList()) + ")")
                    .sorted()
                    .toList();
            throw schema(
                    "table '" + found.written() + "' of the database has no primary key or unique index of exactly ("
                            + String.join(", ", names) + ")" + (existing.isEmpty() ? "" : "; it has ")
                            + String.join(", ", existing),
                    existing.isEmpty()
                            ? "in the database: ALTER TABLE " + found.sql() + " ADD PRIMARY KEY ("
                                    + String.join(", ", names) + ")"
                            : "declare the PRIMARY KEY of the table by these columns, or add the index");
        }
    }

    /** PostgreSQL refuses to prepare transactions unless it is told how many there may be. */
    private static void checkXa(Database database, Connection connection) throws SQLException {
        XaDatabase.check(database);
        if (!database.isPostgres()) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW max_prepared_transactions")) {
            if (rows.next() && rows.getInt(1) == 0) {
                throw refused(
                        "sink.exactly_once = 'xa' needs prepared transactions, and the server has"
                                + " max_prepared_transactions = 0",
                        "set it to at least twice the number of subtasks in postgresql.conf and restart the server, or"
                                + " use sink.exactly_once = 'ledger'");
            }
        }
    }
}
