package io.laminar.benchmark.latency;

import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.PlainSinkConnector;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * {@code connector = 'bench_latency'}: how long rows have taken since the time in their column {@code due}. Each writer
 * leaves a file with all delays when its input ends.
 */
public final class LatencySinkConnector implements PlainSinkConnector {
    private static final Option FOLDER =
            Option.text("folder", "Where delays are written.").asRequired();
    private static final Option WARM_UP = Option.integer(
                    "warm_up", "Seconds from the first row in which rows do not count: they meet a cold JVM.")
            .asRequired();

    @Override
    public String name() {
        return "bench_latency";
    }

    @Override
    public String description() {
        return "Drops all rows and counts how late they were.";
    }

    @Override
    public List<Option> options() {
        return List.of(FOLDER, WARM_UP);
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return ChangelogSupport.APPEND;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return new LatencySink(
                table.schema().indexOf("due"),
                table.options().text(FOLDER),
                table.options().integer(WARM_UP));
    }

    /**
     * @param column when rows were due, in microseconds of {@link System#nanoTime}, which all processes of a machine share
     * @param warmUp in seconds
     */
    private record LatencySink(int column, String folder, long warmUp) implements Sink<Batch> {
        @Override
        public SinkWriter<Batch> createWriter(WriterInitContext context) {
            return new Writer(
                    column, Path.of(folder, context.getTaskInfo().getIndexOfThisSubtask() + ".delays"), warmUp);
        }
    }

    private static final class Writer implements SinkWriter<Batch> {
        private static final long NANOS_PER_MICRO = 1_000;
        private static final long MICROS = 1_000_000;

        private final int column;
        private final Path file;
        private final long warmUp;
        private final Latencies delays = new Latencies();
        /** Rows that were due earlier do not count; known from the first row on. */
        private long from = Long.MAX_VALUE;

        Writer(int column, Path file, long warmUp) {
            this.column = column;
            this.file = file;
            this.warmUp = warmUp;
        }

        @Override
        public void write(Batch batch, Context position) {
            long now = System.nanoTime() / NANOS_PER_MICRO;
            long[] due = ((LongColumn) batch.column(column)).values();
            if (from == Long.MAX_VALUE && batch.size() > 0) {
                from = due[0] + warmUp * MICROS;
            }
            for (int row = 0; row < batch.size(); row++) {
                // Windows that the end of the input closes are not over yet; nobody waits for them.
                if (due[row] >= from && due[row] <= now) {
                    delays.add(now - due[row]);
                }
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput) {
                delays.write(file);
            }
        }

        @Override
        public void close() {}
    }
}
