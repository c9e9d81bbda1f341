package io.laminar.benchmark.flink;

import io.laminar.benchmark.nexmark.SideInput;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;

/** {@code 'connector' = 'bench-side'} of Flink SQL: the table that query 13 looks up, in memory. */
public final class SideInputFactory implements DynamicTableSourceFactory {

    @Override
    public String factoryIdentifier() {
        return "bench-side";
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
        return new SideTable();
    }

    private static final class SideTable implements LookupTableSource {
        @Override
        public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
            return LookupFunctionProvider.of(new SideFunction());
        }

        @Override
        public DynamicTableSource copy() {
            return new SideTable();
        }

        @Override
        public String asSummaryString() {
            return "side input";
        }
    }

    /** Public for the code that Flink generates. */
    public static final class SideFunction extends LookupFunction {
        private transient Map<Long, List<RowData>> rows = new HashMap<>();

        @Override
        public void open(FunctionContext context) {
            rows = new HashMap<>();
            for (long key = 0; key < SideInput.ROWS; key++) {
                rows.put(key, List.of(GenericRowData.of(key, StringData.fromString(SideInput.value(key)))));
            }
        }

        @Override
        public Collection<RowData> lookup(RowData key) {
            return rows.getOrDefault(key.getLong(0), List.of());
        }
    }
}
