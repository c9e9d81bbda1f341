package io.laminar.connector;

import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of outside system. Found by {@link java.util.ServiceLoader}; stateless. */
public interface Connector {

    /** As in {@code connector = '...'}. */
    String name();

    /** One sentence for the reference. */
    String description();

    /** Options beside those that all tables have. */
    List<Option> options();

    /** What its tables can be. A connector is also a {@link SourceConnector}, a {@link SinkConnector} or both. */
    Set<TableUse> uses();

    /** How the connector uses {@code format}. */
    FormatUse formatUse();

    /**
     * Under which name a schema registry keeps the schema of a table's records unless {@code value.subject} says it:
     * {@code <topic>-value} where there are topics.
     */
    default Optional<String> subject(TableDescriptor table) {
        return Optional.empty();
    }

    /** What columns declared {@code METADATA} can show. */
    default List<MetadataField> metadata() {
        return List.of();
    }

    /** What its tables can do beside being read or written. */
    default Set<Capability> capabilities() {
        return Set.of();
    }

    /** A picture: the text of an SVG of 24 by 24 units in the current colour. */
    default String icon() {
        return Icons.of(this);
    }

    /**
     * Refuses tables it cannot serve, before the job starts: missing files, options that contradict each other, a
     * schema it does not take.
     *
     * @throws io.laminar.spi.error.LaminarException with the code that fits
     */
    default void check(TableDescriptor table, TableUse use) {}
}
