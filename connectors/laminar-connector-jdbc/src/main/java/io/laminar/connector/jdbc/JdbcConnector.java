package io.laminar.connector.jdbc;

import io.laminar.connector.Capability;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.JobContext;
import io.laminar.connector.LookupConnector;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.jdbc.database.DatabaseProbe;
import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.connector.jdbc.database.JdbcValues;
import io.laminar.connector.jdbc.lookup.JdbcLookup;
import io.laminar.connector.jdbc.sink.DirectSink;
import io.laminar.connector.jdbc.sink.LedgerSink;
import io.laminar.connector.jdbc.sink.SinkSettings;
import io.laminar.connector.jdbc.sink.XaSink;
import io.laminar.connector.jdbc.source.Scan;
import io.laminar.connector.jdbc.source.ScanSource;
import io.laminar.connector.probe.ProbingConnector;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** {@code connector = 'jdbc'}: a table of a database. */
public final class JdbcConnector implements SourceConnector, SinkConnector, LookupConnector, ProbingConnector {

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public String description() {
        return "A table of a database: written in batches, with a PRIMARY KEY by key; read once, in ranges; or joined by"
                + " key, each row getting what the table says when it comes.";
    }

    @Override
    public List<Option> options() {
        return JdbcOptions.ALL;
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SOURCE, TableUse.SINK, TableUse.LOOKUP);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.NONE;
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        checkDriver(table.options());
        if (use == TableUse.SINK) {
            SinkTables.check(table);
            return;
        }
        checkTypes(table);
        if (use == TableUse.SOURCE) {
            SourceTables.scan(table).check();
        } else {
            checkLookup(table);
        }
    }

    private static void checkDriver(OptionValues options) {
        String url = JdbcOptions.url(options);
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "there is no JDBC driver for '" + JdbcErrors.withoutSecrets(url) + "'",
                    null,
                    "PostgreSQL is built in; put the jar of another driver on the class path",
                    e);
        }
    }

    private static void checkTypes(TableDescriptor table) {
        for (Field field : table.schema().fields()) {
            if (!JdbcValues.reads(field.type())) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "connector 'jdbc' cannot read column '" + field.name() + "' of type " + field.type(),
                        "leave it out, or declare it as TEXT");
            }
        }
    }

    private static void checkLookup(TableDescriptor table) {
        JdbcOptions.table(table.options());
        if (table.options().integer(JdbcOptions.CONNECTIONS) < 1) {
            throw new LaminarException(ErrorCode.INVALID_OPTION, "lookup.connections is at least 1");
        }
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return true;
    }

    /** Where watermarks count, all rows are read: a database does not say how late the others are. */
    @Override
    public boolean filters(TableDescriptor table, ColumnCondition condition, boolean timed) {
        return !timed && Scan.filters(table.schema(), condition);
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        return new ScanSource(SourceTables.scan(table));
    }

    @Override
    public LookupTable lookup(TableDescriptor table, List<Integer> keys) {
        return new JdbcLookup(
                table,
                JdbcOptions.database(table.options()),
                JdbcOptions.table(table.options()),
                Math.toIntExact(table.options().integer(JdbcOptions.CONNECTIONS)),
                keys);
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return SinkTables.upserts(table) ? ChangelogSupport.UPSERT : ChangelogSupport.APPEND;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        throw new IllegalStateException("prepared transactions have the name of a job");
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table, JobContext job) {
        SinkSettings settings = SinkTables.settings(table);
        return switch (settings.guarantee()) {
            case AT_LEAST_ONCE, UPSERT -> new DirectSink(settings, job.name());
            case LEDGER -> new LedgerSink(settings);
            case XA -> new XaSink(settings, job.name());
        };
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.WRITES_CHANGES, Capability.READS_EXACTLY_ONCE, Capability.WRITES_EXACTLY_ONCE);
    }

    // Asking ----------------------------------------------------------------------------------------------------------

    @Override
    public SystemReport reach(OptionValues connection) {
        checkDriver(connection);
        return DatabaseProbe.reach(JdbcOptions.database(connection));
    }

    @Override
    public Map<String, String> facts(TableDescriptor table, TableUse use) {
        return DatabaseProbe.facts(
                JdbcOptions.database(table.options()),
                JdbcOptions.text(table.options(), JdbcOptions.TABLE),
                JdbcOptions.text(table.options(), JdbcOptions.QUERY),
                table);
    }

    @Override
    public Set<String> suggestionKinds() {
        return Set.of("schemas", "tables", "columns");
    }

    @Override
    public List<Suggestion> suggest(OptionValues connection, SuggestionQuery query) {
        checkDriver(connection);
        return DatabaseProbe.suggest(JdbcOptions.database(connection), query);
    }
}
