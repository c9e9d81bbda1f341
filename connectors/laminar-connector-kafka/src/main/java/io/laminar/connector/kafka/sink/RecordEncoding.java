package io.laminar.connector.kafka.sink;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Turns batches into records: one pass over the rows of the encoded value, with the rest looked up by row. */
final class RecordEncoding {
    private static final long MICROS_PER_MILLI = 1_000;

    private final RecordLayout layout;
    private final RecordEncoder values;
    private final @Nullable RecordEncoder keys;
    private final int subtask;
    private final int partitions;
    private final Slice scratch = new Slice();
    private final Slice keyScratch = new Slice();
    private int turn;

    /** Takes records. */
    interface Records {
        void record(ProducerRecord<byte[], byte[]> record) throws IOException, InterruptedException;
    }

    /** Lets a checked exception through code that knows none. */
    private static final class Failed extends RuntimeException {
        Failed(Exception cause) {
            super(cause);
        }
    }

    /** @param partitions of the topic; only used where the layout assigns partitions itself */
    RecordEncoding(RecordLayout layout, int subtask, int partitions) {
        this.layout = layout;
        this.subtask = subtask;
        this.partitions = partitions;
        values = encoder(layout.value());
        keys = layout.key() == null ? null : encoder(layout.key());
        turn = subtask;
    }

    private static RecordEncoder encoder(FormatSpec spec) {
        return ((RecordFormat) Formats.named(spec.format())).encoder(spec);
    }

    void encode(Batch batch, Records out) throws IOException, InterruptedException {
        Batch value = batch.withColumns(pick(batch, layout.columns()));
        Batch key = keys == null
                ? null
                : batch.withColumns(pick(batch, layout.keyColumns())).withKinds(null);
        try {
            if (layout.deletes() && batch.kinds() != null) {
                encodeChanges(batch, value.withKinds(null), key, out);
            } else {
                Column raw = layout.raw() ? value.column(0) : null;
                values.encodeMessages(value, scratch, (row, bytes) -> {
                    boolean nothing = raw != null && raw.isNull(row);
                    send(record(batch, key, row, nothing ? null : copy(bytes)), out);
                });
            }
        } catch (Failed e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw (InterruptedException) java.util.Objects.requireNonNull(e.getCause());
        }
    }

    private void encodeChanges(Batch batch, Batch value, @Nullable Batch key, Records out) {
        for (int row = 0; row < batch.size(); row++) {
            if (RowKind.isRetraction(batch.kind(row))) {
                send(record(batch, key, row, null), out);
            } else {
                values.encodeMessage(value, row, scratch);
                send(record(batch, key, row, copy(scratch)), out);
            }
        }
    }

    private static void send(ProducerRecord<byte[], byte[]> record, Records out) {
        try {
            out.record(record);
        } catch (IOException | InterruptedException e) {
            throw new Failed(e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Batch batch, @Nullable Batch key, int row, byte @Nullable [] value) {
        return new ProducerRecord<>(
                layout.topic(),
                partition(batch, row),
                timestamp(batch, row),
                key(batch, key, row),
                value,
                headers(batch, row));
    }

    private static Column[] pick(Batch batch, List<Integer> positions) {
        Column[] columns = new Column[positions.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(positions.get(i));
        }
        return columns;
    }

    private static byte[] copy(Slice bytes) {
        return Arrays.copyOfRange(bytes.base(), bytes.offset(), bytes.offset() + bytes.length());
    }

    private byte @Nullable [] key(Batch batch, @Nullable Batch key, int row) {
        if (key != null) {
            java.util.Objects.requireNonNull(keys).encodeMessage(key, row, keyScratch);
            return copy(keyScratch);
        }
        if (layout.keyBytes() < 0) {
            return null;
        }
        BytesColumn bytes = (BytesColumn) batch.column(layout.keyBytes());
        return bytes.isNull(row) ? null : bytes.value(row);
    }

    private @Nullable Integer partition(Batch batch, int row) {
        if (layout.partition() >= 0 && !batch.column(layout.partition()).isNull(row)) {
            Column column = batch.column(layout.partition());
            long partition = column instanceof IntColumn ints ? ints.value(row) : ((LongColumn) column).value(row);
            if (partition < 0 || partition >= partitions) {
                throw new LaminarException(
                        ErrorCode.OUTPUT_FAILED,
                        "a row is for partition " + partition + " of topic '" + layout.topic() + "', which has "
                                + partitions);
            }
            return (int) partition;
        }
        return switch (layout.partitioning()) {
            case KEY -> null;
            case FIXED -> subtask % partitions;
            case ROUND_ROBIN -> {
                turn = turn + 1 >= partitions ? 0 : turn + 1;
                yield turn;
            }
        };
    }

    /** Milliseconds; null for the time at which the record is sent. */
    private @Nullable Long timestamp(Batch batch, int row) {
        if (layout.timestamp() < 0 || batch.column(layout.timestamp()).isNull(row)) {
            return null;
        }
        long time = Math.floorDiv(((LongColumn) batch.column(layout.timestamp())).value(row), MICROS_PER_MILLI);
        if (time < 0) {
            throw new LaminarException(
                    ErrorCode.OUTPUT_FAILED,
                    "a row for topic '" + layout.topic() + "' has a time before 1970, which records of Kafka cannot"
                            + " have");
        }
        return time;
    }

    private @Nullable Iterable<Header> headers(Batch batch, int row) {
        if (layout.headers() < 0 || batch.column(layout.headers()).isNull(row)) {
            return null;
        }
        MapColumn maps = (MapColumn) batch.column(layout.headers());
        BytesColumn names = (BytesColumn) maps.keys();
        BytesColumn contents = (BytesColumn) maps.values();
        int start = maps.starts()[row];
        Header[] headers = new Header[maps.lengths()[row]];
        for (int i = 0; i < headers.length; i++) {
            byte[] value = contents.isNull(start + i) ? null : contents.value(start + i);
            headers[i] = new RecordHeader(names.text(start + i), value);
        }
        return List.of(headers);
    }
}
