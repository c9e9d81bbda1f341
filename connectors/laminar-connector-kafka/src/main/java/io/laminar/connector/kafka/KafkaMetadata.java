package io.laminar.connector.kafka;

import io.laminar.connector.MetadataField;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.List;
import java.util.Set;

/** What columns declared METADATA show of a record beside its value, and what they may set when it is written. */
public final class KafkaMetadata {
    public static final String TOPIC = "topic";
    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";
    public static final String OFFSET_ID = "offset_id";
    public static final String TIMESTAMP = "timestamp";
    public static final String KEY = "key";
    public static final String HEADERS = "headers";

    static final List<MetadataField> FIELDS = List.of(
            new MetadataField(TOPIC, Scalar.TEXT, "The record's topic."),
            new MetadataField(PARTITION, Scalar.INT, "The record's partition. A sink writes the record there."),
            new MetadataField(OFFSET_ID, Scalar.BIGINT, "The record's place in its partition."),
            new MetadataField(OFFSET, Scalar.BIGINT, "The same as offset_id."),
            new MetadataField(TIMESTAMP, Scalar.TIMESTAMP, "The record's time. A sink gives it to the record."),
            new MetadataField(
                    KEY,
                    Scalar.BYTES,
                    List.of(Scalar.TEXT),
                    "The bytes or the text of the record's key. A sink gives them to the record."),
            new MetadataField(
                    HEADERS,
                    new DataType.MapType(Scalar.TEXT, Scalar.BYTES),
                    List.of(new DataType.MapType(Scalar.TEXT, Scalar.TEXT)),
                    "The record's headers; of several with one name the last. A sink gives them to the record."));

    private static final Set<String> WRITABLE = Set.of(PARTITION, TIMESTAMP, KEY, HEADERS);

    private KafkaMetadata() {}

    /** Refuses metadata columns that cannot be written, or not with their type. */
    static void checkWritable(TableDescriptor table) {
        table.metadata().forEach((column, key) -> {
            Field field = table.schema().field(table.schema().indexOf(column));
            if (!WRITABLE.contains(key)) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "column '" + column + "' shows the " + key + " of records, which a sink cannot set",
                        "declare a table without it for writing");
            }
            if (!fits(key, field.type())) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "column '" + column + "': " + key + " cannot be written from "
                                + field.type().sql(),
                        "types are partition INT or BIGINT, timestamp TIMESTAMP, key BYTES or TEXT, headers"
                                + " MAP<TEXT, BYTES> or MAP<TEXT, TEXT>");
            }
        });
    }

    private static boolean fits(String key, DataType type) {
        return switch (key) {
            case PARTITION -> type == Scalar.INT || type == Scalar.BIGINT;
            case TIMESTAMP -> type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ;
            case KEY -> isBytes(type);
            default -> type instanceof DataType.MapType map && map.key() == Scalar.TEXT && isBytes(map.value());
        };
    }

    private static boolean isBytes(DataType type) {
        return type == Scalar.BYTES || type == Scalar.TEXT;
    }
}
