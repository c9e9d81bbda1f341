package io.laminar.connector.kafka.source;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RecordDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of a poll into batches, a partition after the other. Where batches keep views of the bytes, values are
 * copied one behind the other into a large array, a new one for each batch; what the client has received is free again
 * then. Otherwise they are decoded where they lie.
 */
final class PartitionDecoder {
    /** Just below the size from which G1 handles an array apart. */
    private static final int CHUNK = 448 << 10;

    private static final int FIRST_CHUNK = 4 << 10;
    private static final byte[] NOTHING = new byte[0];

    private final TableLayout layout;
    private final RecordDecoder values;
    private final @Nullable RecordDecoder keyDecoder;
    private final BadRecordLog bad;
    private final BatchBuilder valueRows;
    private final @Nullable BatchBuilder keyRows;
    private final RowFacts facts;
    private final boolean copies;
    private byte[] chunk = NOTHING;
    private int used;

    /** Where the value is that is decoded. */
    private byte[] value = NOTHING;

    private int from;
    private int to;

    PartitionDecoder(TableLayout layout, BadRecordLog bad) {
        this.layout = layout;
        this.bad = bad;
        values = TableLayout.decoder(layout.value());
        valueRows = new BatchBuilder(layout.value().projected(), Batch.TARGET_ROWS);
        keyDecoder = layout.key() == null ? null : TableLayout.decoder(layout.key());
        keyRows = layout.key() == null ? null : new BatchBuilder(layout.key().schema(), Batch.TARGET_ROWS);
        facts = new RowFacts(layout);
        copies = layout.viewsValues();
        values.reset();
    }

    /** The next rows of records of which some have not been decoded, at most a batch; the last may be of no row. */
    Portion next(PolledRecords records) {
        TopicPartition partition = records.partition();
        startChunk(records);
        while (records.hasNext()) {
            ConsumerRecord<ByteBuffer, ByteBuffer> record = records.peek();
            int size = Math.max(0, record.serializedValueSize());
            if (valueRows.isFull() || (CHUNK - used < size && used > 0)) {
                return take(partition, record.offset());
            }
            bad.at(partition, record.offset());
            locate(record.value(), size);
            decode(record);
            facts.add(record, record.key(), valueRows.rows(), records.arrival());
            records.take();
        }
        return take(partition, records.end());
    }

    private void startChunk(PolledRecords records) {
        used = 0;
        if (copies) {
            int bytes = records.bytes(CHUNK);
            chunk = bytes == 0 ? NOTHING : new byte[Math.max(bytes, FIRST_CHUNK)];
        }
    }

    private void locate(@Nullable ByteBuffer content, int size) {
        if (content == null) {
            value = NOTHING;
            from = 0;
            to = 0;
            return;
        }
        if (!copies && content.hasArray()) {
            value = content.array();
            from = content.arrayOffset() + content.position();
            to = from + size;
        } else {
            copy(content, size);
        }
        used += size;
    }

    private void copy(ByteBuffer content, int size) {
        boolean fits = chunk.length - used >= size;
        value = fits ? chunk : new byte[size];
        from = fits ? used : 0;
        to = from + size;
        content.get(content.position(), value, from, size);
    }

    private void decode(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        BatchBuilder keys = keyRows;
        if (keys != null) {
            decodeKeyed(record, keys);
        } else if (record.value() != null) {
            values.decodeMessage(value, from, to, valueRows, bad);
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
    private void decodeKeyed(ConsumerRecord<ByteBuffer, ByteBuffer> record, BatchBuilder keys) {
        int before = valueRows.rows();
        if (!decodeKey(record, keys)) {
            return;
        }
        if (record.value() == null) {
            valueRows.endRow(0, RowKind.DELETE);
            return;
        }
        values.decodeMessage(value, from, to, valueRows, bad);
        int rows = valueRows.rows() - before;
        if (rows > 1) {
            valueRows.truncate(before);
            bad.report(
                    value,
                    from,
                    to,
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
        // What the client received is not kept until more comes.
        value = NOTHING;
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
