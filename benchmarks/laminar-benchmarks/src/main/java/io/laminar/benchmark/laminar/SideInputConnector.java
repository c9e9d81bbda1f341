package io.laminar.benchmark.laminar;

import io.laminar.benchmark.nexmark.SideInput;
import io.laminar.connector.FormatUse;
import io.laminar.connector.LookupConnector;
import io.laminar.connector.TableUse;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.lookup.WholeTable;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code connector = 'bench_side'}: the table that query 13 looks up. */
public final class SideInputConnector implements LookupConnector {

    @Override
    public String name() {
        return "bench_side";
    }

    @Override
    public String description() {
        return "The side input of Nexmark, in memory.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.LOOKUP);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.NONE;
    }

    @Override
    public LookupTable lookup(TableDescriptor table, List<Integer> keys) {
        return new Side(table.schema());
    }

    private record Side(Schema schema) implements WholeTable {
        @Override
        public long version() {
            return 0;
        }

        @Override
        public void read(Consumer<Batch> rows) {
            BatchBuilder builder = new BatchBuilder(schema, SideInput.ROWS);
            for (int row = 0; row < SideInput.ROWS; row++) {
                for (int c = 0; c < schema.size(); c++) {
                    Object value = schema.field(c).name().equals("key") ? (Object) (long) row : SideInput.value(row);
                    Values.append(schema.type(c), builder.column(c), value);
                }
                builder.endRow(0);
            }
            rows.accept(builder.build());
        }

        @Override
        public void close() {}
    }
}
