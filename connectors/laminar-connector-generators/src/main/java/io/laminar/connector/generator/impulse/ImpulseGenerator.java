package io.laminar.connector.generator.impulse;

import io.laminar.connector.generator.RowGenerator;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.Locale;

/** Rows of the impulse connector. */
final class ImpulseGenerator implements RowGenerator {
    static final Schema SCHEMA = Schema.of(
            new Field("counter", Scalar.BIGINT, false),
            new Field("subtask_index", Scalar.BIGINT, false),
            new Field("timestamp", Scalar.TIMESTAMP, false));

    /** Stands for an interval: event time is the time of arrival. */
    static final long ARRIVAL = -1;

    private final Schema schema;
    private final long interval;

    ImpulseGenerator(Schema schema, long interval) {
        this.schema = schema;
        this.interval = interval;
    }

    @Override
    public Batch generate(long first, int count, int subtask, long arrival) {
        long[] rowtime = new long[count];
        if (interval == ARRIVAL) {
            Arrays.fill(rowtime, arrival);
        } else {
            for (int i = 0; i < count; i++) {
                rowtime[i] = (first + i) * interval;
            }
        }
        Column[] columns = new Column[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = switch (schema.field(c).name().toLowerCase(Locale.ROOT)) {
                case "counter" -> counter(first, count);
                case "subtask_index" -> constant(subtask, count);
                default -> new LongColumn(rowtime, null, count);
            };
        }
        return new Batch(count, columns, rowtime, null);
    }

    private static Column counter(long first, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = first + i;
        }
        return new LongColumn(values, null, count);
    }

    private static Column constant(long value, int count) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return new LongColumn(values, null, count);
    }
}
