package io.laminar.connector.kafka;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns of a table are the key of its records, and how. */
final class RecordKey {

    private RecordKey() {}

    /** Whether a record replaces the one with its key: the table has one, and its format carries no changes itself. */
    static boolean replaces(TableDescriptor table) {
        return !table.primaryKey().isEmpty() && !carriesChanges(table);
    }

    private static boolean carriesChanges(TableDescriptor table) {
        return Formats.named(Objects.requireNonNull(table.format()).format()).changelog();
    }

    /** How the key of records becomes the columns of the PRIMARY KEY; null where the value has them. */
    static @Nullable FormatSpec read(TableDescriptor table) {
        if (replaces(table)) {
            return format(table, table.primaryKey());
        }
        if (table.options().has(KafkaOptions.KEY_FORMAT)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "key.format says how the columns of a PRIMARY KEY are read from the record's key, and table '"
                            + table.name() + "' reads none from there",
                    "declare the PRIMARY KEY, or read the key as it is: k BYTES METADATA FROM 'key'");
        }
        return null;
    }

    /** How the {@link #columns} become the key of records; null if there are none. */
    static @Nullable FormatSpec written(TableDescriptor table) {
        List<String> names = columns(table);
        if (!names.isEmpty()) {
            return format(table, names);
        }
        if (table.options().has(KafkaOptions.KEY_FORMAT)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "key.format is given, and table '" + table.name() + "' has no key",
                    "name its columns with sink.key_field, or declare a PRIMARY KEY");
        }
        return null;
    }

    /** The columns that are written as the key of records: those asked for, or those of the PRIMARY KEY. */
    @SuppressWarnings("unchecked")
    static List<String> columns(TableDescriptor table) {
        List<String> asked =
                (List<String>) table.options().find(KafkaOptions.KEY_FIELDS).orElse(List.of());
        List<String> primary = table.primaryKey();
        if (asked.isEmpty()) {
            return primary;
        }
        List<String> names = new ArrayList<>();
        for (String name : asked) {
            int column = table.schema().indexOf(name);
            if (column < 0) {
                throw new LaminarException(
                        ErrorCode.UNKNOWN_COLUMN,
                        KafkaOptions.KEY_FIELDS.name() + ": table '" + table.name() + "' has no column '" + name + "'",
                        NearestName.hint(name, table.schema().names()));
            }
            names.add(table.schema().field(column).name());
        }
        if (replaces(table) && !Set.copyOf(names).equals(Set.copyOf(primary))) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "table '" + table.name() + "' has the PRIMARY KEY (" + String.join(", ", primary)
                            + ") and another sink.key_field: rows that are gone could not be told by their key",
                    "leave sink.key_field out");
        }
        return names;
    }

    private static FormatSpec format(TableDescriptor table, List<String> names) {
        List<Field> fields = names.stream()
                .map(name -> table.schema().field(table.schema().indexOf(name)))
                .toList();
        return KeyFormat.of(table, fields);
    }
}
