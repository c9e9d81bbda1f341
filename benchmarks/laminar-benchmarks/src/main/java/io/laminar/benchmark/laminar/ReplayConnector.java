package io.laminar.benchmark.laminar;

import io.laminar.benchmark.Stopwatch;
import io.laminar.connector.FormatUse;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.generator.GeneratorSource;
import io.laminar.connector.generator.Pace;
import io.laminar.connector.generator.RowGenerator;
import io.laminar.connector.generator.nexmark.NexmarkSchema;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;

/** {@code connector = 'bench_replay'}: Nexmark events that have been made before. */
public final class ReplayConnector implements SourceConnector {

    @Override
    public String name() {
        return "bench_replay";
    }

    @Override
    public String description() {
        return "Replays events made beforehand.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SOURCE);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.NONE;
    }

    @Override
    public Optional<Schema> schema(TableDescriptor table) {
        return Optional.of(NexmarkSchema.EVENT);
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return true;
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        return new GeneratorSource(new Replay(table.schema()), Pace.of(0, ReplayedBatches.events(), Batch.TARGET_ROWS));
    }

    /** Picks the columns and members asked for out of the batches. */
    private record Replay(Schema schema) implements RowGenerator {
        @Override
        public Batch generate(long first, int count, int subtask, long arrival) {
            Stopwatch.started();
            Batch event = ReplayedBatches.get().get((int) (first / Batch.TARGET_ROWS));
            Column[] columns = new Column[schema.size()];
            for (int c = 0; c < columns.length; c++) {
                int index = NexmarkSchema.EVENT.indexOf(schema.field(c).name());
                columns[c] =
                        pick((StructType) NexmarkSchema.EVENT.type(index), (StructType) schema.type(c), (StructColumn)
                                event.column(index));
            }
            return event.withColumns(columns);
        }

        private static Column pick(StructType all, StructType wanted, StructColumn column) {
            if (all.equals(wanted)) {
                return column;
            }
            List<String> names = all.fields().stream().map(Field::name).toList();
            List<Column> members = new ArrayList<>(wanted.fields().size());
            for (Field field : wanted.fields()) {
                members.add(column.member(names.indexOf(field.name())));
            }
            return new StructColumn(members, column.nulls(), column.size());
        }
    }
}
