package io.laminar.connector.kafka.source;

import io.laminar.connector.kafka.KafkaMetadata;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a table come from: the record's value, its key, or what Kafka knows of it.
 *
 * @param key how the key's columns are decoded; null for tables that do not read it into columns
 * @param valueColumns per column of the table its position among those of the value, or -1
 * @param keyColumns per column of the table its position among those of the key, or -1
 * @param metadata per column of the table its metadata key where it has one
 * @param textKey whether the metadata {@code key} is TEXT, so that its bytes have to be UTF-8
 * @param textHeaders the same of the values of headers
 * @param empty what a record without a value is
 */
record TableLayout(
        FormatSpec value,
        @Nullable FormatSpec key,
        List<Integer> valueColumns,
        List<Integer> keyColumns,
        List<String> metadata,
        boolean textKey,
        boolean textHeaders,
        NoValue empty,
        BadDataPolicy badData)
        implements Serializable {

    /** What a record without a value is. */
    enum NoValue {
        /** The row with its key is gone. */
        DELETE,
        /** Nothing: the change that it belongs to came as a record of its own. */
        NOTHING,
        /** A row with NULL in the columns of the value. */
        NULLS,
        BAD_RECORD
    }

    /** @param key null if the key is not read into columns; otherwise its columns are not read from the value */
    static TableLayout of(TableDescriptor table, @Nullable FormatSpec key) {
        FormatSpec declared = Framing.into(Objects.requireNonNull(table.format()), table.options());
        List<String> keyNames = key == null ? List.of() : table.primaryKey();
        FormatSpec value = key == null ? declared : without(declared, keyNames);
        Map<String, String> metadata = table.metadata();
        List<Integer> valueColumns = new ArrayList<>();
        List<Integer> keyColumns = new ArrayList<>();
        List<String> metadataKeys = new ArrayList<>();
        for (String name : table.schema().names()) {
            String from = metadata.getOrDefault(name, "");
            int inKey = from.isEmpty() ? keyNames.indexOf(name) : -1;
            int inValue = from.isEmpty() && inKey < 0 ? value.projected().indexOf(name) : -1;
            if (from.isEmpty() && inKey < 0 && inValue < 0) {
                throw new LaminarException(ErrorCode.INTERNAL, "column '" + name + "' comes from nowhere");
            }
            valueColumns.add(inValue);
            keyColumns.add(inKey);
            metadataKeys.add(from);
        }
        return new TableLayout(
                value,
                key,
                List.copyOf(valueColumns),
                List.copyOf(keyColumns),
                List.copyOf(metadataKeys),
                isDeclared(table, KafkaMetadata.KEY, Scalar.TEXT),
                isDeclared(table, KafkaMetadata.HEADERS, new DataType.MapType(Scalar.TEXT, Scalar.TEXT)),
                empty(value, key != null),
                table.badData());
    }

    private static boolean isDeclared(TableDescriptor table, String key, DataType type) {
        return table.schema().fields().stream()
                .anyMatch(field -> key.equals(table.metadata().get(field.name()))
                        && field.type().equals(type));
    }

    private static FormatSpec without(FormatSpec format, List<String> names) {
        List<Integer> rest = format.projection().stream()
                .filter(column -> !names.contains(format.schema().field(column).name()))
                .toList();
        return new FormatSpec(format.format(), format.schema(), rest, format.options());
    }

    private static NoValue empty(FormatSpec value, boolean keyed) {
        if (keyed) {
            return NoValue.DELETE;
        }
        boolean raw = value.format().startsWith("raw_");
        boolean nullable = value.projected().fields().stream().allMatch(field -> field.nullable());
        boolean changes = Formats.named(value.format()).changelog();
        return changes ? NoValue.NOTHING : raw && nullable ? NoValue.NULLS : NoValue.BAD_RECORD;
    }

    /** Whether columns of the value may keep views of its bytes. */
    boolean viewsValues() {
        return value.projected().fields().stream()
                .anyMatch(field -> switch (field.type().physical()) {
                    case BOOLEAN, INT, LONG, DOUBLE, DECIMAL -> false;
                    case BYTES, LIST, MAP, STRUCT -> true;
                });
    }

    boolean wants(String metadataKey) {
        return metadata.contains(metadataKey);
    }

    boolean wantsOffsets() {
        return wants(KafkaMetadata.OFFSET) || wants(KafkaMetadata.OFFSET_ID);
    }

    static RecordDecoder decoder(FormatSpec spec) {
        return ((RecordFormat) Formats.named(spec.format())).decoder(spec);
    }
}
