package io.laminar.connector.kafka.source;

import io.laminar.connector.kafka.KafkaMetadata;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.Utf8;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What Kafka knows of the records that rows of a batch come from. */
final class RowFacts {
    private static final long MICROS_PER_MILLI = 1_000;

    private final boolean wantsOffsets;
    private final boolean wantsTimes;
    private final boolean textKey;
    private final boolean textHeaders;
    private final @Nullable BytesBuilder keys;
    private final @Nullable MapBuilder headers;
    private long[] times = new long[Batch.TARGET_ROWS];
    private long[] offsets = new long[Batch.TARGET_ROWS];
    private boolean[] timeless = new boolean[Batch.TARGET_ROWS];
    private boolean anyTimeless;
    private int rows;

    RowFacts(TableLayout layout) {
        wantsOffsets = layout.wantsOffsets();
        wantsTimes = layout.wants(KafkaMetadata.TIMESTAMP);
        textKey = layout.textKey();
        textHeaders = layout.textHeaders();
        keys = layout.wants(KafkaMetadata.KEY) ? new BytesBuilder(Batch.TARGET_ROWS) : null;
        headers = layout.wants(KafkaMetadata.HEADERS)
                ? (MapBuilder) ColumnBuilder.of(new DataType.MapType(Scalar.TEXT, Scalar.BYTES), 64)
                : null;
    }

    /**
     * Notes that rows up to {@code to} come from a record.
     *
     * @param arrival microseconds, the time of records that have none
     */
    void add(ConsumerRecord<?, ByteBuffer> record, @Nullable ByteBuffer key, int to, long arrival) {
        if (times.length < to) {
            int length = Math.max(to, times.length * 2);
            times = Arrays.copyOf(times, length);
            offsets = Arrays.copyOf(offsets, length);
            timeless = Arrays.copyOf(timeless, length);
        }
        long timestamp = record.timestamp();
        boolean without = timestamp == ConsumerRecord.NO_TIMESTAMP;
        long time = without ? arrival : timestamp * MICROS_PER_MILLI;
        while (rows < to) {
            times[rows] = time;
            offsets[rows] = record.offset();
            timeless[rows] = without;
            anyTimeless |= without;
            if (keys != null) {
                addKey(keys, key);
            }
            if (headers != null) {
                addHeaders(headers, record);
            }
            rows++;
        }
    }

    private void addKey(BytesBuilder keys, @Nullable ByteBuffer key) {
        if (key == null) {
            keys.appendNull();
            return;
        }
        byte[] bytes = new byte[key.remaining()];
        key.get(key.position(), bytes);
        append(keys, bytes, textKey);
    }

    private void addHeaders(MapBuilder headers, ConsumerRecord<?, ?> record) {
        Map<String, Header> last = new LinkedHashMap<>();
        record.headers().forEach(header -> last.put(header.key(), header));
        last.forEach((name, header) -> {
            append((BytesBuilder) headers.keys(), name.getBytes(StandardCharsets.UTF_8), false);
            byte[] value = header.value();
            if (value == null) {
                headers.values().appendNull();
            } else {
                append((BytesBuilder) headers.values(), value, textHeaders);
            }
        });
        headers.endMap();
    }

    /** In text, bytes that are no UTF-8 are replaced: what Kafka knows of a record is no reason to refuse it. */
    private static void append(BytesBuilder target, byte[] bytes, boolean text) {
        byte[] valid = text && Utf8.invalidAt(bytes, 0, bytes.length) >= 0
                ? new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)
                : bytes;
        target.append(valid, 0, valid.length);
    }

    /** Builds the batch's columns and times; nothing is known of any row afterwards. */
    Built build(TopicPartition partition) {
        Built built = new Built(
                partition,
                rows,
                times,
                wantsOffsets ? new LongColumn(offsets, null, rows) : null,
                wantsTimes ? new LongColumn(times, anyTimeless ? Arrays.copyOf(timeless, rows) : null, rows) : null,
                keys == null ? null : keys.build(),
                headers == null ? null : headers.build());
        times = new long[times.length];
        if (wantsOffsets) {
            offsets = new long[offsets.length];
        }
        rows = 0;
        anyTimeless = false;
        return built;
    }

    /** The facts of a batch. */
    record Built(
            TopicPartition partition,
            int rows,
            long[] times,
            @Nullable Column offsets,
            @Nullable Column timestamps,
            @Nullable Column keys,
            @Nullable Column headers) {

        Column column(String metadataKey) {
            Column column =
                    switch (metadataKey) {
                        case KafkaMetadata.TOPIC -> constant(partition.topic(), rows);
                        case KafkaMetadata.PARTITION -> partition(partition.partition(), rows);
                        case KafkaMetadata.OFFSET, KafkaMetadata.OFFSET_ID -> offsets;
                        case KafkaMetadata.TIMESTAMP -> timestamps;
                        case KafkaMetadata.KEY -> keys;
                        case KafkaMetadata.HEADERS -> headers;
                        default -> null;
                    };
            if (column == null) {
                throw new LaminarException(ErrorCode.INTERNAL, "metadata '" + metadataKey + "' was not collected");
            }
            return column;
        }

        private static Column constant(String text, int rows) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int[] lengths = new int[rows];
            Arrays.fill(lengths, bytes.length);
            return new BytesColumn(bytes, new int[rows], lengths, null, rows);
        }

        private static Column partition(int number, int rows) {
            int[] numbers = new int[rows];
            Arrays.fill(numbers, number);
            return new IntColumn(numbers, null, rows);
        }
    }
}
