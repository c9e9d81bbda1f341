package io.laminar.flink.catalog;

import io.laminar.connector.Connector;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import io.laminar.sql.catalog.FormatNeed;
import io.laminar.sql.catalog.MetadataColumn;
import io.laminar.sql.catalog.TableConnector;
import io.laminar.sql.catalog.TableUse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A {@link Connector} in the words of the planner; the enums of both sides have the same constants. */
record PlannedConnector(Connector connector) implements TableConnector {

    @Override
    public String name() {
        return connector.name();
    }

    @Override
    public List<Option> options() {
        return connector.options();
    }

    @Override
    public Set<TableUse> uses() {
        return connector.uses().stream()
                .map(use -> TableUse.valueOf(use.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public FormatNeed formatNeed() {
        return FormatNeed.valueOf(connector.formatUse().name());
    }

    @Override
    public List<MetadataColumn> metadata() {
        return connector.metadata().stream()
                .map(field -> new MetadataColumn(field.key(), field.type(), field.otherTypes()))
                .toList();
    }

    @Override
    public Optional<Schema> schema(TableDescriptor table) {
        return connector instanceof SourceConnector source ? source.schema(table) : Optional.empty();
    }

    @Override
    public Optional<String> subject(TableDescriptor table) {
        return connector.subject(table);
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return connector instanceof SourceConnector source && source.bounded(table);
    }

    @Override
    public ChangelogMode gives(TableDescriptor table) {
        return connector instanceof SourceConnector source
                ? ChangelogMode.valueOf(source.changelog(table).name())
                : ChangelogMode.APPEND;
    }

    @Override
    public ChangelogMode accepts(TableDescriptor table) {
        return connector instanceof SinkConnector sink
                ? ChangelogMode.valueOf(sink.changelogSupport(table).name())
                : ChangelogMode.APPEND;
    }

    @Override
    public boolean parallelSink(TableDescriptor table) {
        return connector instanceof SinkConnector sink && sink.parallel(table);
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        connector.check(table, io.laminar.connector.TableUse.valueOf(use.name()));
    }
}
