package io.laminar.sql.catalog;

import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tables as connectors see them. */
public final class Descriptors {

    private Descriptors() {}

    /**
     * The description of a table for its connector.
     *
     * @param sink whether columns computed and STORED are part of the record
     */
    public static TableDescriptor of(Table table, Connection connection, boolean sink) {
        List<Field> fields = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            if (column.origin() == Column.Origin.VIRTUAL || (column.origin() == Column.Origin.STORED && !sink)) {
                continue;
            }
            String key = column.metadataKey();
            if (key != null) {
                metadata.put(column.name(), key);
                DataType type = sink ? column.type() : metadataType(connection, key, column.type());
                fields.add(new Field(column.name(), type, column.nullable()));
            } else {
                fields.add(column.field());
            }
        }
        TableDescriptor described =
                describe(table, connection, new Schema(fields), metadata, format(table, connection, sink));
        FormatSpec format = described.format();
        if (format == null) {
            return described;
        }
        return connection
                .connector()
                .subject(described)
                .map(subject -> RegistryOptions.withSubject(format, subject))
                .map(named -> describe(table, connection, new Schema(fields), metadata, named))
                .orElse(described);
    }

    private static TableDescriptor describe(
            Table table,
            Connection connection,
            Schema schema,
            Map<String, String> metadata,
            @Nullable FormatSpec format) {
        return new TableDescriptor(
                table.name(),
                connection.connector().name(),
                schema,
                Map.copyOf(metadata),
                table.primaryKey(),
                table.partitionedBy(),
                connection.options(),
                format,
                connection.badData());
    }

    /** The type in which a source gives a metadata value; a sink takes it in the type of the column. */
    private static DataType metadataType(Connection connection, String key, DataType declared) {
        return connection.connector().metadata().stream()
                .filter(metadata -> metadata.key().equals(key))
                .map(metadata -> metadata.typeFor(declared))
                .findFirst()
                .orElse(declared);
    }

    private static @Nullable FormatSpec format(Table table, Connection connection, boolean sink) {
        String format = connection.format();
        if (format == null) {
            return null;
        }
        Schema record = table.record(sink);
        List<Integer> all = IntStream.range(0, record.size()).boxed().toList();
        return new FormatSpec(format, record, all, connection.formatOptions());
    }
}
