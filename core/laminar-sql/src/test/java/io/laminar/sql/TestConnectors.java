package io.laminar.sql;

import io.laminar.plan.node.ChangelogMode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.Formats;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.catalog.FormatNeed;
import io.laminar.sql.catalog.MetadataColumn;
import io.laminar.sql.catalog.TableConnector;
import io.laminar.sql.catalog.TableConnectors;
import io.laminar.sql.catalog.TableUse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Connectors for tests: {@code stream} (endless), {@code batch} (ends), {@code compacted} (the last row per key), {@code log} (a sink of inserts), {@code keyed} (of
 * changes by key), {@code changes} (of all changes), {@code ticks} (knows its columns), {@code locked} (has secrets), and the preview.
 */
final class TestConnectors implements TableConnectors {
    private static final Option PATH = Option.text("path", "Where rows are.").withAliases("file");
    private static final Option RATE =
            Option.integer("rate", "Rows per second.").asRequired();

    private static final List<Option> LOCKED = List.of(
            PATH,
            Option.text("password", "Opens the door.").asSecret(),
            Option.integer("pin", "Opens the safe.").asSecret(),
            Option.integer("port", "Where the door is.").withAliases("door"),
            Option.properties("client", "Settings of the client."));

    private final Map<String, TableConnector> byName = new TreeMap<>();

    TestConnectors() {
        add(new Fake("stream", Set.of(TableUse.SOURCE), false, ChangelogMode.APPEND, List.of(PATH)));
        add(new Fake("batch", Set.of(TableUse.SOURCE), true, ChangelogMode.APPEND, List.of(PATH)));
        add(new Fake("compacted", Set.of(TableUse.SOURCE), false, ChangelogMode.APPEND, List.of(PATH)));
        add(new Fake("log", Set.of(TableUse.SINK), false, ChangelogMode.APPEND, List.of(PATH)));
        add(new Fake("keyed", Set.of(TableUse.SINK), false, ChangelogMode.UPSERT, List.of(PATH)));
        add(new Fake("changes", Set.of(TableUse.SINK), false, ChangelogMode.RETRACT, List.of(PATH)));
        add(new Fake("ticks", Set.of(TableUse.SOURCE), false, ChangelogMode.APPEND, List.of(RATE)));
        add(new Fake("locked", Set.of(TableUse.SOURCE, TableUse.SINK), false, ChangelogMode.APPEND, LOCKED));
        add(new Fake("preview", Set.of(TableUse.SINK), false, ChangelogMode.RETRACT, List.of()));
    }

    private void add(TableConnector connector) {
        byName.put(connector.name(), connector);
    }

    @Override
    public Collection<String> names() {
        return byName.keySet();
    }

    @Override
    public TableConnector named(String name) {
        TableConnector connector = byName.get(name);
        if (connector == null) {
            throw new LaminarException(
                    ErrorCode.UNKNOWN_CONNECTOR,
                    "there is no connector '" + name + "'",
                    NearestName.hint(name, byName.keySet()));
        }
        return connector;
    }

    @Override
    public Schema deadLetterSchema() {
        return Schema.of(
                new Field("source", Scalar.TEXT, false),
                new Field("reason", Scalar.TEXT, false),
                new Field("record", Scalar.BYTES, false));
    }

    private record Fake(String name, Set<TableUse> uses, boolean ends, ChangelogMode mode, List<Option> options)
            implements TableConnector {
        @Override
        public FormatNeed formatNeed() {
            return FormatNeed.OPTIONAL;
        }

        @Override
        public List<MetadataColumn> metadata() {
            return List.of(new MetadataColumn("file", Scalar.TEXT), new MetadataColumn("offset", Scalar.BIGINT));
        }

        @Override
        public Optional<Schema> schema(TableDescriptor table) {
            return name.equals("ticks")
                    ? Optional.of(
                            Schema.of(new Field("n", Scalar.BIGINT, false), new Field("at", Scalar.TIMESTAMP, false)))
                    : Optional.empty();
        }

        @Override
        public Optional<String> subject(TableDescriptor table) {
            return Optional.empty();
        }

        @Override
        public boolean bounded(TableDescriptor table) {
            return ends;
        }

        @Override
        public ChangelogMode gives(TableDescriptor table) {
            if (name.equals("compacted")) {
                return ChangelogMode.UPSERT;
            }
            boolean changes = table.format() != null
                    && Formats.named(table.format().format()).changelog();
            return changes ? ChangelogMode.RETRACT : ChangelogMode.APPEND;
        }

        @Override
        public ChangelogMode accepts(TableDescriptor table) {
            return mode;
        }

        @Override
        public boolean parallelSink(TableDescriptor table) {
            return true;
        }

        @Override
        public void check(TableDescriptor table, TableUse use) {
            if ("refused".equals(table.options().asMap().get("path"))) {
                throw new LaminarException(ErrorCode.FILE_NOT_FOUND, "there is no file 'refused'");
            }
        }
    }
}
