package io.laminar.connector.console;

import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import java.util.List;

/**
 * What rows of a feed are of.
 *
 * @param name of a table, or {@code preview}, {@code preview_2} for queries that stand alone
 */
public record FeedTable(String name, List<FeedColumn> columns) {
    public FeedTable {
        columns = List.copyOf(columns);
    }

    /** @param type as in SQL */
    public record FeedColumn(String name, String type) {}

    static FeedTable of(TableDescriptor table) {
        return new FeedTable(
                table.name(),
                table.schema().fields().stream().map(FeedTable::column).toList());
    }

    private static FeedColumn column(Field field) {
        return new FeedColumn(field.name(), field.type().sql());
    }
}
