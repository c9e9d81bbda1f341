package io.laminar.benchmark.flink;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/** {@code 'connector' = 'bench-replay'} of Flink SQL. */
public final class ReplayTableFactory implements DynamicTableSourceFactory {

    @Override
    public String factoryIdentifier() {
        return "bench-replay";
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
    public DynamicTableSource createDynamicTableSource(Context context) {
        return new ReplayTable();
    }

    private static final class ReplayTable implements ScanTableSource {
        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            return SourceProvider.of(new ReplaySource());
        }

        @Override
        public DynamicTableSource copy() {
            return new ReplayTable();
        }

        @Override
        public String asSummaryString() {
            return "replayed rows";
        }
    }
}
