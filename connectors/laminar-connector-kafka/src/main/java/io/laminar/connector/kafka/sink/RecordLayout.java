package io.laminar.connector.kafka.sink;

import io.laminar.connector.kafka.KafkaMetadata;
import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.kafka.KafkaOptions.Partitioning;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table become what of a record. Columns are positions in the table's schema; -1 where there is none.
 *
 * @param columns those of the value
 * @param key how the key is encoded; null if records have none, or whole bytes in a column
 * @param keyColumns those of the key
 * @param keyBytes the column with the whole key
 * @param deletes whether a row that is gone is written as a record without value
 */
record RecordLayout(
        String topic,
        FormatSpec value,
        List<Integer> columns,
        @Nullable FormatSpec key,
        List<Integer> keyColumns,
        int keyBytes,
        int timestamp,
        int partition,
        int headers,
        Partitioning partitioning,
        boolean deletes)
        implements Serializable {

    /** Whether the value is one column as it is, so that NULL can be a record without value, as it is read. */
    boolean raw() {
        return value.format().startsWith("raw_") && !deletes;
    }

    /**
     * @param key how the key's columns are encoded; null if there are none
     * @throws LaminarException if options name columns that do not fit
     */
    static RecordLayout of(TableDescriptor table, @Nullable FormatSpec key, List<String> keyNames) {
        Schema schema = table.schema();
        FormatSpec value = Objects.requireNonNull(table.format());
        int keyBytes = metadata(table, KafkaMetadata.KEY);
        int timestamp = named(table, KafkaOptions.TIMESTAMP_FIELD, KafkaMetadata.TIMESTAMP, RecordLayout::isTime);
        int partition = named(table, KafkaOptions.PARTITION_FIELD, KafkaMetadata.PARTITION, RecordLayout::isNumber);
        if (keyBytes >= 0 && key != null) {
            throw twice("the key", schema.field(keyBytes).name(), KafkaOptions.KEY_FIELDS);
        }
        Partitioning partitioning = table.options().choice(KafkaOptions.PARTITIONING, Partitioning.class);
        boolean deletes =
                !table.primaryKey().isEmpty() && !Formats.named(value.format()).changelog();
        return new RecordLayout(
                topic(table),
                value,
                IntStream.range(0, schema.size())
                        .filter(i ->
                                !table.metadata().containsKey(schema.field(i).name()))
                        .boxed()
                        .toList(),
                key,
                keyNames.stream().map(schema::indexOf).toList(),
                keyBytes,
                timestamp,
                partition,
                metadata(table, KafkaMetadata.HEADERS),
                partitioning,
                deletes);
    }

    @SuppressWarnings("unchecked")
    static String topic(TableDescriptor table) {
        List<String> topics =
                (List<String>) table.options().find(KafkaOptions.TOPIC).orElse(List.of());
        if (topics.size() != 1) {
            throw new LaminarException(
                    topics.isEmpty() ? ErrorCode.MISSING_OPTION : ErrorCode.INVALID_OPTION,
                    "table '" + table.name() + "' is written to one topic",
                    "topic = 'name'");
        }
        return topics.get(0);
    }

    /** The column that an option names or that is declared METADATA. */
    private static int named(TableDescriptor table, Option option, String metadataKey, Predicate<DataType> fits) {
        int declared = metadata(table, metadataKey);
        String name = table.options().findText(option).orElse(null);
        if (name == null) {
            return declared;
        }
        int column = column(table, option, name);
        if (declared >= 0 && declared != column) {
            throw twice("the " + metadataKey, table.schema().field(declared).name(), option);
        }
        if (!fits.test(table.schema().type(column))) {
            throw new LaminarException(
                    ErrorCode.TYPE_MISMATCH,
                    option.name() + ": column '" + name + "' is "
                            + table.schema().type(column).sql(),
                    option.description());
        }
        return column;
    }

    static int column(TableDescriptor table, Option option, String name) {
        int column = table.schema().indexOf(name);
        if (column < 0) {
            throw new LaminarException(
                    ErrorCode.UNKNOWN_COLUMN,
                    option.name() + ": table '" + table.name() + "' has no column '" + name + "'",
                    NearestName.hint(name, table.schema().names()));
        }
        return column;
    }

    private static int metadata(TableDescriptor table, String key) {
        List<Field> fields = table.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (key.equals(table.metadata().get(fields.get(i).name()))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isTime(DataType type) {
        return type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ;
    }

    private static boolean isNumber(DataType type) {
        return type == Scalar.INT || type == Scalar.BIGINT;
    }

    private static LaminarException twice(String what, String column, Option option) {
        return new LaminarException(
                ErrorCode.INVALID_OPTION,
                what + " of records comes from column '" + column + "' and from " + option.name(),
                "keep one of them");
    }
}
