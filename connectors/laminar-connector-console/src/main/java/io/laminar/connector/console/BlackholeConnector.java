package io.laminar.connector.console;

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

/** Takes everything and keeps nothing. */
public final class BlackholeConnector implements SinkConnector {

    @Override
    public String name() {
        return "blackhole";
    }

    @Override
    public String description() {
        return "A sink that takes all rows and keeps none: for measuring.";
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
        return BatchWriter.sink(subtask -> batch -> {});
    }
}
