package io.laminar.benchmark.latency;

import io.laminar.connector.FormatUse;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.generator.GeneratorSource;
import io.laminar.connector.generator.Pace;
import io.laminar.connector.generator.RowGenerator;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;

/**
 * {@code connector = 'bench_paced'}: rows that happen at fixed times, whether or not the job keeps up. Column {@code due} is
 * when, on the clock of {@link System#nanoTime}: a row that waits because those before it are slow has waited all the same.
 */
public final class PacedConnector implements SourceConnector {
    static final int KEYS = 10_000;

    private static final Option RATE = Option.number("rate", "Rows per second.").asRequired();
    private static final Option ROWS = Option.integer("rows", "Number of rows.").asRequired();
    private static final Schema SCHEMA =
            Schema.of(new Field("key", Scalar.BIGINT, false), new Field("due", Scalar.TIMESTAMP, false));

    @Override
    public String name() {
        return "bench_paced";
    }

    @Override
    public String description() {
        return "Rows at a fixed rate that know when they are due.";
    }

    @Override
    public List<Option> options() {
        return List.of(RATE, ROWS);
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
        return Optional.of(SCHEMA);
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return true;
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        Pace pace = Pace.of(table.options().number(RATE), table.options().integer(ROWS), Batch.TARGET_ROWS);
        return new GeneratorSource(new Paced(table.schema(), pace.rate()), pace);
    }

    /** Rows of one reader, which makes a block when it is due; that is when the last row of the block is. */
    private static final class Paced implements RowGenerator {
        private static final double MICROS = 1e6;
        private static final long NANOS_PER_MICRO = 1_000;

        private final Schema schema;
        private final double rate;
        /**
         * Where row 0 would be, in microseconds. Blocks are never early, so the one that is least late tells; the first ones
         * of a cold JVM come late.
         */
        private double origin = Double.POSITIVE_INFINITY;

        Paced(Schema schema, double rate) {
            this.schema = schema;
            this.rate = rate;
        }

        @Override
        public Batch generate(long first, int count, int subtask, long arrival) {
            double now = System.nanoTime() / (double) NANOS_PER_MICRO;
            origin = Math.min(origin, now - (first + count - 1) * MICROS / rate);
            long[] due = new long[count];
            long[] keys = new long[count];
            for (int i = 0; i < count; i++) {
                due[i] = (long) (origin + (first + i) * MICROS / rate);
                // All keys in turn, in an order that jumps about.
                keys[i] = (first + i) * 7_919 % KEYS;
            }
            Column[] columns = new Column[schema.size()];
            for (int c = 0; c < columns.length; c++) {
                columns[c] = new LongColumn(schema.field(c).name().equals("key") ? keys : due, null, count);
            }
            return new Batch(count, columns, due, null);
        }
    }
}
