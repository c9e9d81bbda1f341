package io.laminar.sql.catalog;

import io.laminar.plan.node.LookupPolicy;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.parser.ddl.CreateTable;
import io.laminar.sql.parser.ddl.TableColumn;
import io.laminar.sql.parser.ddl.Watermark;
import io.laminar.sql.stored.StoredProfile;
import io.laminar.sql.type.TypeSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Reads CREATE TABLE: columns, options, event time. All errors of a statement are collected. */
public final class TableReader {
    private final TableConnectors connectors;
    private final StoredObjects stored;
    private final ErrorCollector errors;

    /** @param stored where connection profiles are */
    public TableReader(TableConnectors connectors, StoredObjects stored, ErrorCollector errors) {
        this.connectors = connectors;
        this.stored = stored;
        this.errors = errors;
    }

    /**
     * The table, or nothing if its declaration has errors.
     *
     * @param queryColumns the columns of CREATE TABLE ... AS; empty otherwise
     */
    public Optional<Table> read(CreateTable statement, List<Field> queryColumns) {
        int before = errors.size();
        Place.Sql place = Places.of(statement.name());
        OptionGroup options = new OptionGroup(statement.options(), stored.placeholders(), errors);
        OptionValues named = options.take(List.of(TableOptions.CONNECTION_PROFILE), place);
        Optional<StoredProfile> profile = named.findText(TableOptions.CONNECTION_PROFILE)
                .flatMap(name -> profile(name, options.place(TableOptions.CONNECTION_PROFILE, place)));
        profile.ifPresent(p -> options.addBelow(p, options.place(TableOptions.CONNECTION_PROFILE, place)));
        OptionValues general = options.take(TableOptions.ALL, place);
        boolean fits = profile.isEmpty() || fits(profile.get(), general, options.place(TableOptions.CONNECTOR, place));
        Connection connection = connection(general, options, place);
        // Of an unknown connector or profile nobody knows which options there are.
        boolean refused = !fits
                || (connection == null
                        && (general.has(TableOptions.CONNECTOR) || named.has(TableOptions.CONNECTION_PROFILE)));
        if (!refused) {
            options.refuseUnknown(
                    connection == null
                            ? "a table without a connector"
                            : "connector '" + connection.connector().name() + "'");
        }
        List<Column> columns = columns(statement, connection);
        queryColumns.forEach(field -> columns.add(Column.physical(field)));
        if (errors.size() > before) {
            return Optional.empty();
        }
        Table table = new Table(
                statement.name().toString(), columns, List.of(), List.of(), EventTime.DEFAULT, connection, place);
        if (columns.isEmpty() && connection != null) {
            table = withConnectorColumns(table, connection, place);
        }
        Table complete = complete(table, statement, general, options);
        return errors.size() > before ? Optional.empty() : Optional.of(complete);
    }

    // Columns -------------------------------------------------------------------------------------------------------

    private List<Column> columns(CreateTable statement, @Nullable Connection connection) {
        List<Column> columns = new ArrayList<>();
        for (TableColumn declared : statement.columns()) {
            try {
                Column column = column(declared, connection);
                boolean taken = columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(column.name()));
                if (taken) {
                    throw new LaminarException(
                            ErrorCode.DUPLICATE_NAME, "there are two columns '" + column.name() + "'");
                }
                columns.add(column);
            } catch (LaminarException e) {
                errors.add(e.at(Places.of(declared.name())));
            }
        }
        return columns;
    }

    private static Column column(TableColumn declared, @Nullable Connection connection) {
        String name = declared.name().getSimple();
        DataType type = TypeSpecs.read(declared.type());
        boolean nullable = !declared.notNull() && !declared.primaryKey();
        String key = declared.metadataKey();
        if (key != null) {
            checkMetadata(key, type, connection);
        }
        return new Column(
                name,
                type,
                nullable,
                Column.Origin.valueOf(declared.origin().name()),
                key,
                declared.expression(),
                Places.of(declared.name()));
    }

    private static void checkMetadata(String key, DataType type, @Nullable Connection connection) {
        if (connection == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA, "a table without a connector has no metadata", "leave METADATA out");
        }
        List<MetadataColumn> known = connection.connector().metadata();
        for (MetadataColumn metadata : known) {
            if (metadata.key().equals(key)) {
                if (!io.laminar.sql.type.Conversions.castable(metadata.typeFor(type), type)) {
                    throw new LaminarException(
                            ErrorCode.TYPE_MISMATCH,
                            "metadata '" + key + "' is " + metadata.type().sql() + ", not " + type.sql());
                }
                return;
            }
        }
        List<String> keys = known.stream().map(MetadataColumn::key).toList();
        String hint = NearestName.hint(key, keys);
        throw new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "connector '" + connection.connector().name() + "' has no metadata '" + key + "'",
                hint != null ? hint : keys.isEmpty() ? "it has none" : "it has " + String.join(", ", keys));
    }

    private Table withConnectorColumns(Table table, Connection connection, Place.Sql place) {
        try {
            Optional<io.laminar.spi.type.Schema> schema =
                    connection.connector().schema(Descriptors.of(table, connection, false));
            if (schema.isPresent()) {
                List<Column> columns =
                        schema.get().fields().stream().map(Column::physical).toList();
                return new Table(
                        table.name(), columns, List.of(), List.of(), table.eventTime(), connection, table.place());
            }
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "table '" + table.name() + "' has no columns, and connector '"
                            + connection.connector().name() + "' does not know them",
                    "list the columns: CREATE TABLE " + table.name() + " (name TYPE, ...)");
        } catch (LaminarException e) {
            errors.add(e.at(place));
            return table;
        }
    }

    // Connector and format ------------------------------------------------------------------------------------------

    private @Nullable Connection connection(OptionValues general, OptionGroup options, Place.Sql place) {
        if (!general.has(TableOptions.CONNECTOR)) {
            return null;
        }
        try {
            TableConnector connector = connectors.named(general.text(TableOptions.CONNECTOR));
            String format = format(connector, general, options, place);
            OptionValues formatOptions = format == null
                    ? OptionValues.EMPTY
                    : options.take(Formats.named(format).options(), place);
            OptionValues own = options.take(connector.options(), place);
            return new Connection(
                    connector,
                    use(connector, general, options, place),
                    withFraming(own, general),
                    format,
                    formatOptions,
                    general.choice(TableOptions.BAD_DATA, BadDataPolicy.class),
                    badDataTable(general, options, place),
                    options.place(TableOptions.BAD_DATA_TABLE, place),
                    lookup(general, options, place));
        } catch (LaminarException e) {
            errors.add(e.at(options.place(TableOptions.CONNECTOR, place)));
            return null;
        }
    }

    /** The profile of a name; nothing if there is none, which is reported. */
    private Optional<StoredProfile> profile(String name, Place.Sql place) {
        try {
            return Optional.of(stored.profile(name));
        } catch (LaminarException e) {
            errors.add(e.at(place));
            return Optional.empty();
        }
    }

    private boolean fits(StoredProfile profile, OptionValues general, Place.Sql place) {
        if (general.text(TableOptions.CONNECTOR).equals(profile.connector())) {
            return true;
        }
        errors.add(new LaminarException(
                ErrorCode.INVALID_OPTION,
                "the connection profile '" + profile.name() + "' is one of connector '" + profile.connector()
                        + "', not '" + general.text(TableOptions.CONNECTOR) + "'",
                place,
                "leave connector out, or name another profile",
                null));
        return false;
    }

    private static LookupPolicy lookup(OptionValues general, OptionGroup options, Place.Sql place) {
        return new LookupPolicy(
                general.size(TableOptions.LOOKUP_CACHE_MAX_BYTES),
                general.duration(TableOptions.LOOKUP_CACHE_TTL),
                atLeast(1, TableOptions.LOOKUP_ASYNC_CAPACITY, general, options, place),
                atLeast(0, TableOptions.LOOKUP_RETRIES, general, options, place),
                general.duration(TableOptions.LOOKUP_TIMEOUT));
    }

    private static int atLeast(int least, Option option, OptionValues general, OptionGroup options, Place.Sql place) {
        long value = general.integer(option);
        if (value < least || value > Integer.MAX_VALUE) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    option.name() + " is at least " + least,
                    options.place(option, place),
                    null,
                    null);
        }
        return (int) value;
    }

    private static @Nullable TableUse use(
            TableConnector connector, OptionValues general, OptionGroup options, Place.Sql place) {
        if (!general.has(TableOptions.TYPE)) {
            return null;
        }
        TableUse use = general.choice(TableOptions.TYPE, TableUse.class);
        if (!connector.uses().contains(use)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "connector '" + connector.name() + "' cannot be a " + general.text(TableOptions.TYPE),
                    options.place(TableOptions.TYPE, place),
                    null,
                    null);
        }
        return use;
    }

    private static @Nullable String format(
            TableConnector connector, OptionValues general, OptionGroup options, Place.Sql place) {
        if (!general.has(TableOptions.FORMAT)) {
            if (connector.formatNeed() == FormatNeed.REQUIRED) {
                List<String> names = Formats.all().stream().map(Format::name).toList();
                throw new LaminarException(
                        ErrorCode.MISSING_OPTION,
                        "connector '" + connector.name() + "' needs a format",
                        options.place(TableOptions.CONNECTOR, place),
                        "formats are " + String.join(", ", names),
                        null);
            }
            return null;
        }
        Place.Sql at = options.place(TableOptions.FORMAT, place);
        if (connector.formatNeed() == FormatNeed.NONE) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, "connector '" + connector.name() + "' has no formats", at, null, null);
        }
        try {
            return Formats.named(general.text(TableOptions.FORMAT)).name();
        } catch (LaminarException e) {
            throw e.at(at);
        }
    }

    /** Framing is the connector's affair, although all tables have the option. */
    private static OptionValues withFraming(OptionValues own, OptionValues general) {
        OptionValues values = own;
        for (Option option : List.of(TableOptions.FRAMING, TableOptions.FRAMING_MAX_LENGTH)) {
            if (general.has(option)) {
                values = values.with(option, general.find(option).orElseThrow());
            }
        }
        return values;
    }

    private static @Nullable String badDataTable(OptionValues general, OptionGroup options, Place.Sql place) {
        boolean deadLetter = general.choice(TableOptions.BAD_DATA, BadDataPolicy.class) == BadDataPolicy.DEAD_LETTER;
        if (deadLetter != general.has(TableOptions.BAD_DATA_TABLE)) {
            throw new LaminarException(
                    deadLetter ? ErrorCode.MISSING_OPTION : ErrorCode.INVALID_OPTION,
                    deadLetter
                            ? "bad_data = 'dead_letter' needs bad_data.table"
                            : "bad_data.table is for bad_data = 'dead_letter'",
                    options.place(deadLetter ? TableOptions.BAD_DATA : TableOptions.BAD_DATA_TABLE, place),
                    "bad_data = 'dead_letter', bad_data.table = 'a sink table'",
                    null);
        }
        return deadLetter ? general.text(TableOptions.BAD_DATA_TABLE) : null;
    }

    // Keys and event time -------------------------------------------------------------------------------------------

    private Table complete(Table table, CreateTable statement, OptionValues general, OptionGroup options) {
        List<String> primaryKey = new ArrayList<>();
        for (TableColumn column : statement.columns()) {
            if (column.primaryKey()) {
                primaryKey.add(column.name().getSimple());
            }
        }
        for (SqlIdentifier column : statement.primaryKey()) {
            primaryKey.add(existing(table, column.getSimple(), Places.of(column)));
        }
        List<String> partitionedBy = new ArrayList<>();
        for (SqlNode partition : statement.partitionedBy()) {
            if (partition instanceof SqlIdentifier column && column.isSimple()) {
                partitionedBy.add(existing(table, column.getSimple(), Places.of(column)));
            } else {
                errors.add(new LaminarException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "partitioning by an expression is not supported",
                        Places.of(partition),
                        "partition by a STORED generated column",
                        null));
            }
        }
        EventTime eventTime = eventTime(table, statement.watermark(), general, options);
        return new Table(
                table.name(), table.columns(), primaryKey, partitionedBy, eventTime, table.connection(), table.place());
    }

    private EventTime eventTime(Table table, @Nullable Watermark watermark, OptionValues general, OptionGroup options) {
        Place.Sql place = java.util.Objects.requireNonNull(table.place());
        long idle = general.has(TableOptions.IDLE_MICROS)
                ? general.integer(TableOptions.IDLE_MICROS)
                : general.has(TableOptions.IDLE_TIMEOUT) ? general.duration(TableOptions.IDLE_TIMEOUT) : 0;
        if (watermark != null) {
            Place.Sql at = Places.of(watermark.column());
            if (general.has(TableOptions.EVENT_TIME_FIELD)) {
                errors.add(new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "event_time_field and WATERMARK FOR both name the event time",
                        options.place(TableOptions.EVENT_TIME_FIELD, place),
                        "keep one of them",
                        null));
            }
            String column = eventTimeColumn(table, watermark.column().getSimple(), at);
            long delay = general.has(TableOptions.WATERMARK_DELAY) ? general.duration(TableOptions.WATERMARK_DELAY) : 0;
            return new EventTime(column, watermark.expression(), delay, idle, at);
        }
        String column = null;
        Place.Sql at = options.place(TableOptions.EVENT_TIME_FIELD, place);
        if (general.has(TableOptions.EVENT_TIME_FIELD)) {
            column = eventTimeColumn(table, general.text(TableOptions.EVENT_TIME_FIELD), at);
        }
        SqlNode expression = null;
        if (general.has(TableOptions.WATERMARK_FIELD)) {
            Place.Sql field = options.place(TableOptions.WATERMARK_FIELD, place);
            String name = eventTimeColumn(table, general.text(TableOptions.WATERMARK_FIELD), field);
            expression = new SqlIdentifier(
                    name,
                    new org.apache.calcite.sql.parser.SqlParserPos(
                            field.line(), field.column(), field.endLine(), field.endColumn()));
        }
        return new EventTime(column, expression, general.duration(TableOptions.WATERMARK_DELAY), idle, at);
    }

    private String eventTimeColumn(Table table, String name, Place.Sql place) {
        String existing = existing(table, name, place);
        int index = table.schema().indexOf(name);
        if (index >= 0) {
            DataType type = table.schema().type(index);
            if (type != Scalar.TIMESTAMP && type != Scalar.TIMESTAMPTZ) {
                errors.add(new LaminarException(
                        ErrorCode.TYPE_MISMATCH,
                        "event time is a TIMESTAMP, and '" + existing + "' is " + type.sql(),
                        place,
                        "add a column: at TIMESTAMP GENERATED ALWAYS AS (to_timestamp_millis(" + existing + "))",
                        null));
            }
        }
        return existing;
    }

    /** The column's name as declared; reports a name that is none. */
    private String existing(Table table, String name, Place.Sql place) {
        int index = table.schema().indexOf(name);
        if (index < 0) {
            errors.add(new LaminarException(
                    ErrorCode.UNKNOWN_COLUMN,
                    "table '" + table.name() + "' has no column '" + name + "'",
                    place,
                    NearestName.hint(name, table.schema().names()),
                    null));
            return name;
        }
        return table.schema().field(index).name();
    }
}
