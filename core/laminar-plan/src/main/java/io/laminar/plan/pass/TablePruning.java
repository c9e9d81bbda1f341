package io.laminar.plan.pass;

import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Narrows what a source table reads. */
final class TablePruning {

    private TablePruning() {}

    /** The table with only the columns at these positions. */
    static TableDescriptor keep(TableDescriptor table, List<Integer> columns) {
        if (columns.size() == table.schema().size()) {
            return table;
        }
        Schema schema = table.schema().select(columns);
        Map<String, String> metadata = new HashMap<>(table.metadata());
        metadata.keySet().retainAll(schema.names());
        return new TableDescriptor(
                table.name(),
                table.connector(),
                schema,
                metadata,
                table.primaryKey(),
                table.partitionedBy(),
                table.options(),
                format(table, columns),
                table.badData(),
                table.filter());
    }

    /** The format's columns are the table's without those that come from the connector, in the same order. */
    private static @org.jspecify.annotations.Nullable FormatSpec format(TableDescriptor table, List<Integer> columns) {
        FormatSpec format = table.format();
        if (format == null) {
            return null;
        }
        List<Integer> projection = new ArrayList<>();
        int position = 0;
        for (int c = 0; c < table.schema().size(); c++) {
            if (!table.metadata().containsKey(table.schema().field(c).name())) {
                if (columns.contains(c)) {
                    projection.add(format.projection().get(position));
                }
                position++;
            }
        }
        return new FormatSpec(format.format(), format.schema(), projection, format.options());
    }

    /** The table with other types for some of its columns: the format's columns change with it. */
    static TableDescriptor retype(TableDescriptor table, Schema schema) {
        FormatSpec format = table.format();
        FormatSpec retyped = null;
        if (format != null) {
            List<Field> fields = new ArrayList<>(format.schema().fields());
            int position = 0;
            for (int c = 0; c < schema.size(); c++) {
                if (!table.metadata().containsKey(schema.field(c).name())) {
                    fields.set(format.projection().get(position++), schema.field(c));
                }
            }
            retyped = new FormatSpec(format.format(), new Schema(fields), format.projection(), format.options());
        }
        return new TableDescriptor(
                table.name(),
                table.connector(),
                schema,
                table.metadata(),
                table.primaryKey(),
                table.partitionedBy(),
                table.options(),
                retyped,
                table.badData(),
                table.filter());
    }
}
