package io.laminar.benchmark.laminar;

import io.laminar.benchmark.ResultRows;
import io.laminar.benchmark.Stopwatch;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.PlainSinkConnector;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/** {@code connector = 'bench_sink'}: keeps nothing and stops the watch. */
public final class MeasuredSinkConnector implements PlainSinkConnector {
    private static final long MICROS_PER_MILLI = 1_000;

    @Override
    public String name() {
        return "bench_sink";
    }

    @Override
    public String description() {
        return "Drops all rows and stops the watch.";
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return ChangelogSupport.RETRACT;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return new MeasuredSink(table.schema());
    }

    private record MeasuredSink(Schema schema) implements Sink<Batch> {
        @Override
        public SinkWriter<Batch> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                private boolean started;
                private long rows;

                @Override
                public void write(Batch batch, Context position) {
                    if (!started) {
                        started = true;
                        Stopwatch.started();
                    }
                    rows += batch.size();
                    if (ResultRows.isKept()) {
                        keep(batch);
                    }
                }

                @Override
                public void flush(boolean endOfInput) {
                    if (endOfInput) {
                        Stopwatch.ended(rows);
                    }
                }

                @Override
                public void close() {}
            };
        }

        private void keep(Batch batch) {
            byte[] kinds = batch.kinds();
            for (int row = 0; row < batch.size(); row++) {
                StringBuilder text = new StringBuilder();
                for (int c = 0; c < schema.size(); c++) {
                    text.append(c == 0 ? "" : "|").append(ResultRows.text(value(schema.type(c), batch.column(c), row)));
                }
                ResultRows.add(text.toString(), kinds != null && RowKind.isRetraction(kinds[row]));
            }
        }

        /** Flink's times have milliseconds. */
        private static @Nullable Object value(DataType type, Column column, int row) {
            Object value = Values.read(type, column, row);
            return type == Scalar.TIMESTAMP && value instanceof Long micros
                    ? (Object) (micros - Math.floorMod(micros, MICROS_PER_MILLI))
                    : value;
        }
    }
}
