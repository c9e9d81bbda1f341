package io.laminar.benchmark.flink;

import io.laminar.benchmark.ResultRows;
import io.laminar.benchmark.Stopwatch;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

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
        return new MeasuredTable(context.getCatalogTable()
                .getResolvedSchema()
                .toPhysicalRowDataType()
                .getLogicalType()
                .getChildren());
    }

    private record MeasuredTable(List<LogicalType> types) implements DynamicTableSink {
        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return requested;
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
            return SinkV2Provider.of(new MeasuredSink(types));
        }

        @Override
        public DynamicTableSink copy() {
            return new MeasuredTable(types);
        }

        @Override
        public String asSummaryString() {
            return "measured sink";
        }
    }

    private record MeasuredSink(List<LogicalType> types) implements Sink<RowData> {
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
                    if (ResultRows.isKept()) {
                        keep(row);
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

        private void keep(RowData row) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < types.size(); c++) {
                Object value = RowData.createFieldGetter(types.get(c), c).getFieldOrNull(row);
                text.append(c == 0 ? "" : "|").append(ResultRows.text(plain(value)));
            }
            RowKind kind = row.getRowKind();
            ResultRows.add(text.toString(), kind == RowKind.UPDATE_BEFORE || kind == RowKind.DELETE);
        }

        /** As Laminar's values: decimals as such, times in microseconds. */
        private static @Nullable Object plain(@Nullable Object value) {
            if (value instanceof TimestampData time) {
                return time.getMillisecond() * 1000 + time.getNanoOfMillisecond() / 1000;
            }
            return value instanceof DecimalData decimal ? decimal.toBigDecimal() : value;
        }
    }
}
