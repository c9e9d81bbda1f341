package io.laminar.connector.kafka.source;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RecordDecoder;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of a poll into batches, partition by partition. Values are copied one behind the other into a large
 * array, a new one for each batch, because batches keep views of it; what the client has received is free again then.
 */
final class PartitionDecoder {
    /** Just below the size from which G1 handles an array apart. */
    private static final int CHUNK = 448 << 10;

    private static final int FIRST_CHUNK = 4 << 10;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final byte[] NOTHING = new byte[0];

    private final TableLayout layout;
    private final RecordDecoder values;
    private final @Nullable RecordDecoder keyDecoder;
    private final BadRecordLog bad;
    private final Clock clock;
    private final BatchBuilder valueRows;
    private final @Nullable BatchBuilder keyRows;
    private final RowFacts facts;
    private byte[] chunk = NOTHING;
    private int used;

    PartitionDecoder(TableLayout layout, BadRecordLog bad, Clock clock) {
        this.layout = layout;
        this.bad = bad;
        this.clock = clock;
        values = TableLayout.decoder(layout.value());
        valueRows = new BatchBuilder(layout.value().projected(), Batch.TARGET_ROWS);
        keyDecoder = layout.key() == null ? null : TableLayout.decoder(layout.key());
        keyRows = layout.key() == null ? null : new BatchBuilder(layout.key().schema(), Batch.TARGET_ROWS);
        facts = new RowFacts(layout);
        values.reset();
    }

    /**
     * The rows of records of a partition, in order.
     *
     * @param stop the first offset that is not read any more
     * @param position the offset at which the consumer goes on
     */
    List<Portion> decode(
            TopicPartition partition, List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long stop, long position) {
        List<Portion> portions = new ArrayList<>();
        long arrival = clock.millis() * MICROS_PER_MILLI;
        long rest = bytes(records);
        startChunk(rest);
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
            if (record.offset() >= stop) {
                break;
            }
            int size = Math.max(0, record.serializedValueSize());
            if (valueRows.isFull() || (chunk.length - used < size && used > 0)) {
                portions.add(take(partition, record.offset()));
                startChunk(rest);
            }
            if (chunk.length - used < size) {
                chunk = new byte[size];
            }
            rest -= size;
            bad.at(partition, record.offset());
            decode(record);
            facts.add(record, record.key(), valueRows.rows(), arrival);
        }
        portions.add(take(partition, Math.min(position, stop)));
        return portions;
    }

    private static long bytes(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        long bytes = 0;
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
            bytes += Math.max(0, record.serializedValueSize());
        }
        return bytes;
    }

    /** @param rest bytes of values to come */
    private void startChunk(long rest) {
        chunk = new byte[(int) Math.max(Math.min(rest, CHUNK), rest == 0 ? 0 : FIRST_CHUNK)];
        used = 0;
    }

    private void decode(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        int from = used;
        ByteBuffer value = record.value();
        if (value != null) {
            int size = value.remaining();
            value.get(value.position(), chunk, used, size);
            used += size;
        }
        BatchBuilder keys = keyRows;
        if (keys != null) {
            decodeKeyed(record, keys, from);
        } else if (value != null) {
            values.decodeMessage(chunk, from, used, valueRows, bad);
        } else {
            decodeNoValue();
        }
    }

    private void decodeNoValue() {
        switch (layout.empty()) {
            case NULLS -> valueRows.endRow(0);
            case BAD_RECORD ->
                bad.report(
                        NOTHING,
                        0,
                        0,
                        new LaminarException(
                                ErrorCode.BAD_RECORD,
                                "the record has no value",
                                "in a topic that keeps the last record per key that is a delete: declare a PRIMARY"
                                        + " KEY"));
            default -> {}
        }
    }

    /** A record whose key and value make one row together, or whose key says what is gone. */
    private void decodeKeyed(ConsumerRecord<ByteBuffer, ByteBuffer> record, BatchBuilder keys, int from) {
        int before = valueRows.rows();
        if (!decodeKey(record, keys)) {
            return;
        }
        if (record.value() == null) {
            valueRows.endRow(0, RowKind.DELETE);
            return;
        }
        values.decodeMessage(chunk, from, used, valueRows, bad);
        int rows = valueRows.rows() - before;
        if (rows > 1) {
            valueRows.truncate(before);
            bad.report(
                    chunk,
                    from,
                    used,
                    new LaminarException(
                            ErrorCode.BAD_RECORD, "a record with a key is one row, and this one is " + rows));
        }
        keys.truncate(valueRows.rows());
    }

    private boolean decodeKey(ConsumerRecord<ByteBuffer, ByteBuffer> record, BatchBuilder keys) {
        ByteBuffer key = record.key();
        int before = keys.rows();
        if (key == null) {
            bad.report(
                    NOTHING,
                    0,
                    0,
                    new LaminarException(
                            ErrorCode.BAD_RECORD, "the record has no key, and the table has a PRIMARY KEY"));
            return false;
        }
        int size = key.remaining();
        byte[] bytes = new byte[size];
        key.get(key.position(), bytes, 0, size);
        java.util.Objects.requireNonNull(keyDecoder)
                .decodeMessage(
                        bytes,
                        0,
                        size,
                        keys,
                        (b, f, t, reason) -> bad.report(
                                b,
                                f,
                                t,
                                new LaminarException(
                                                reason.code(), "the record's key: " + reason.reason(), reason.hint())
                                        .withHint("key.format says how keys are written")));
        if (keys.rows() > before + 1) {
            keys.truncate(before);
            bad.report(bytes, 0, size, new LaminarException(ErrorCode.BAD_RECORD, "the record's key is several rows"));
        }
        return keys.rows() == before + 1;
    }

    private Portion take(TopicPartition partition, long next) {
        List<Batch> batches = new ArrayList<>(2);
        if (!bad.letters().isEmpty()) {
            batches.add(bad.letters().take());
        }
        if (!valueRows.isEmpty()) {
            Batch records = valueRows.build();
            Batch keys = keyRows == null ? null : keyRows.build();
            batches.add(assemble(records, keys, facts.build(partition)));
        }
        return new Portion(batches, next);
    }

    private Batch assemble(Batch records, @Nullable Batch keys, RowFacts.Built facts) {
        Column[] columns = new Column[layout.metadata().size()];
        for (int i = 0; i < columns.length; i++) {
            int inValue = layout.valueColumns().get(i);
            if (inValue >= 0) {
                columns[i] = records.column(inValue);
            } else if (keys != null && layout.keyColumns().get(i) >= 0) {
                columns[i] = keys.column(layout.keyColumns().get(i));
            } else {
                columns[i] = facts.column(layout.metadata().get(i));
            }
        }
        return new Batch(records.size(), columns, facts.times(), records.kinds());
    }
}
