package io.laminar.benchmark.laminar;

import io.laminar.benchmark.Stopwatch;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.TableUse;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** {@code connector = 'bench_sink'}: keeps nothing and stops the watch. */
public final class MeasuredSinkConnector implements SinkConnector {

    @Override
    public String name() {
        return "bench_sink";
    }

    @Override
    public String description() {
        return "Drops all rows and stops the watch.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SINK);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.NONE;
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return ChangelogSupport.RETRACT;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return new MeasuredSink();
    }

    private static final class MeasuredSink implements Sink<Batch> {
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
    }
}
