package io.laminar.connector.console;

import io.laminar.connector.Capability;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.PlainSinkConnector;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.table.TableDescriptor;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;

/** Takes everything and keeps nothing. */
public final class BlackholeConnector implements PlainSinkConnector {

    @Override
    public String name() {
        return "blackhole";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.WRITES_CHANGES);
    }

    @Override
    public String description() {
        return "A sink that takes all rows and keeps none: for measuring.";
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
