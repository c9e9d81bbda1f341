package io.laminar.benchmark.latency;

import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.PlainSinkConnector;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.table.TableDescriptor;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** {@code connector = 'bench_latency'}: how long rows have taken since the time in their column {@code due}. */
public final class LatencySinkConnector implements PlainSinkConnector {

    @Override
    public String name() {
        return "bench_latency";
    }

    @Override
    public String description() {
        return "Drops all rows and keeps how late they were.";
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return ChangelogSupport.APPEND;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return new LatencySink(table.schema().indexOf("due"));
    }

    /** @param column when rows were due, in microseconds of {@link System#nanoTime} */
    private record LatencySink(int column) implements Sink<Batch> {
        private static final long NANOS_PER_MICRO = 1_000;

        @Override
        public SinkWriter<Batch> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                private long[] delays = new long[Batch.TARGET_ROWS];

                @Override
                public void write(Batch batch, Context position) {
                    long now = System.nanoTime() / NANOS_PER_MICRO;
                    long[] due = ((LongColumn) batch.column(column)).values();
                    if (delays.length < batch.size()) {
                        delays = new long[batch.size()];
                    }
                    int count = 0;
                    for (int row = 0; row < batch.size(); row++) {
                        // Windows that the end of the input closes are not over yet; nobody waits for them.
                        if (due[row] >= LatencyRun.measuredFrom() && due[row] <= now) {
                            delays[count++] = now - due[row];
                        }
                    }
                    LatencyRun.latencies().add(delays, count);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
