package io.laminar.benchmark.flink;

import io.laminar.benchmark.Stopwatch;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;

/** {@code 'connector' = 'bench-sink'} of Flink SQL: keeps nothing and stops the watch. */
public final class MeasuredSinkFactory implements DynamicTableSinkFactory {

    @Override
    public String factoryIdentifier() {
        return "bench-sink";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
        return new MeasuredTable();
    }

    private static final class MeasuredTable implements DynamicTableSink {
        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return requested;
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
            return SinkV2Provider.of(new MeasuredSink());
        }

        @Override
        public DynamicTableSink copy() {
            return new MeasuredTable();
        }

        @Override
        public String asSummaryString() {
            return "measured sink";
        }
    }

    private static final class MeasuredSink implements Sink<RowData> {
        @Override
        public SinkWriter<RowData> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                private boolean started;
                private long rows;

                @Override
                public void write(RowData row, SinkWriter.Context position) {
                    if (!started) {
                        started = true;
                        Stopwatch.started();
                    }
                    rows++;
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
