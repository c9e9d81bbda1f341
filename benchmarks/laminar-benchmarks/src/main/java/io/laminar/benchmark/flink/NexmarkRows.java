package io.laminar.benchmark.flink;

import io.laminar.connector.generator.nexmark.NexmarkSchema;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.jspecify.annotations.Nullable;

/** Nexmark events as Flink's internal rows: event_type, the three structs, and the event time as a column of its own. */
final class NexmarkRows {
    private static final long MICROS_PER_MILLI = 1_000;

    private NexmarkRows() {}

    static RowData[] of(List<Batch> batches) {
        int count = batches.stream().mapToInt(Batch::size).sum();
        RowData[] rows = new RowData[count];
        int at = 0;
        for (Batch batch : batches) {
            for (int row = 0; row < batch.size(); row++) {
                rows[at++] = event(batch, row);
            }
        }
        return rows;
    }

    private static RowData event(Batch batch, int row) {
        GenericRowData event = new GenericRowData(5);
        for (int c = 0; c < 3; c++) {
            Column column = batch.column(c);
            if (!column.isNull(row)) {
                event.setField(0, c);
                event.setField(c + 1, struct((StructType) NexmarkSchema.EVENT.type(c), (StructColumn) column, row));
            }
        }
        event.setField(4, timestamp(batch.rowtime()[row]));
        return event;
    }

    private static RowData struct(StructType type, StructColumn column, int row) {
        GenericRowData struct = new GenericRowData(type.fields().size());
        for (int m = 0; m < type.fields().size(); m++) {
            Scalar member = (Scalar) type.fields().get(m).type();
            struct.setField(m, internal(member, Values.read(member, column.member(m), row)));
        }
        return struct;
    }

    private static @Nullable Object internal(Scalar type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case TEXT -> text((String) value);
            case TIMESTAMP -> timestamp((Long) value);
            default -> value;
        };
    }

    /** Text in the binary form in which Flink's own formats deliver it. */
    private static StringData text(String value) {
        BinaryStringData text = BinaryStringData.fromString(value);
        text.ensureMaterialized();
        return text;
    }

    private static TimestampData timestamp(long micros) {
        return TimestampData.fromEpochMillis(micros / MICROS_PER_MILLI);
    }
}
