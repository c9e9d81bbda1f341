package io.laminar.sql.catalog;

import io.laminar.spi.error.Place;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A declared table.
 *
 * @param primaryKey names of columns; empty without one
 * @param connection null for a table inside the pipeline, which INSERTs fill and queries read
 */
public record Table(
        String name,
        List<Column> columns,
        List<String> primaryKey,
        List<String> partitionedBy,
        EventTime eventTime,
        @Nullable Connection connection,
        Place.@Nullable Sql place)
        implements CatalogEntry {
    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        partitionedBy = List.copyOf(partitionedBy);
    }

    /** All columns, as queries see them. */
    public Schema schema() {
        return new Schema(columns.stream().map(Column::field).toList());
    }

    /** The columns a sink writes that are not computed: what an INSERT gives. */
    public List<Column> insertable() {
        return columns.stream().filter(column -> !column.isGenerated()).toList();
    }

    /** The columns of the records. */
    public Schema record(boolean withStored) {
        List<Field> fields = columns.stream()
                .filter(column -> column.origin() == Column.Origin.PHYSICAL
                        || (withStored && column.origin() == Column.Origin.STORED))
                .map(Column::field)
                .toList();
        return new Schema(fields);
    }
}
