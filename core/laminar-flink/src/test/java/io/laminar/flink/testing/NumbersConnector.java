package io.laminar.flink.testing;

import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** Reads numbers as a {@link Script} says, and commits what it is given to the script with each checkpoint. */
public final class NumbersConnector implements SourceConnector, SinkConnector {
    /** Row n of split s: key n % 10, value n, at n seconds. */
    public static final Schema SCHEMA = Schema.of(
            new Field("key", Scalar.BIGINT, false),
            new Field("value", Scalar.BIGINT, false),
            new Field("at", Scalar.TIMESTAMP, false));

    public static TableDescriptor table(String name, Schema schema) {
        return new TableDescriptor(
                name, "numbers", schema, Map.of(), List.of(), List.of(), OptionValues.EMPTY, null, BadDataPolicy.FAIL);
    }

    @Override
    public String name() {
        return "numbers";
    }

    @Override
    public String description() {
        return "Numbers for tests.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SOURCE, TableUse.SINK);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.NONE;
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return true;
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        return new NumbersSource(table.name());
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return ChangelogSupport.RETRACT;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return new CommittingSink(table.name());
    }
}
