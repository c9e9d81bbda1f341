package io.laminar.sql.catalog;

import io.laminar.plan.node.ChangelogMode;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One connector as the planner sees it. Stateless. */
public interface TableConnector {

    String name();

    /** Options beside those that all tables have. */
    List<Option> options();

    /** What its tables can be. */
    Set<TableUse> uses();

    FormatNeed formatNeed();

    List<MetadataColumn> metadata();

    /** The schema of a source that is declared without columns, if the connector knows one. */
    Optional<Schema> schema(TableDescriptor table);

    /** The name of the schema of a table's records in a registry, if the connector knows one. */
    Optional<String> subject(TableDescriptor table);

    /** Whether a source ends. */
    boolean bounded(TableDescriptor table);

    /** The changes that the rows of a source come with. */
    ChangelogMode gives(TableDescriptor table);

    /** The most that a sink takes: APPEND inserts only, UPSERT changes by key without -U, RETRACT all. */
    ChangelogMode accepts(TableDescriptor table);

    /** Whether a sink may be written by several subtasks. */
    boolean parallelSink(TableDescriptor table);

    /**
     * Refuses tables it cannot serve.
     *
     * @throws io.laminar.spi.error.LaminarException with the code that fits
     */
    void check(TableDescriptor table, TableUse use);
}
