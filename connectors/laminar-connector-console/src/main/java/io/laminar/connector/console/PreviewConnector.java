package io.laminar.connector.console;

import io.laminar.connector.Capability;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.ClientSink;
import io.laminar.connector.FormatUse;
import io.laminar.connector.TableUse;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;

/** Hands rows to whoever listens in this process: the terminal of {@code laminar run}, the preview of a console. */
public final class PreviewConnector implements ClientSink {
    /** Says which listener gets the rows. */
    public static final Option CHANNEL = Option.text("channel", "Name of the listener registered in this process.")
            .withDefault("preview");

    @Override
    public String name() {
        return "preview";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.WRITES_CHANGES);
    }

    @Override
    public String description() {
        return "Shows rows to whoever started the pipeline; where a bare SELECT goes.";
    }

    @Override
    public List<Option> options() {
        return List.of(CHANNEL);
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
    public boolean parallel(TableDescriptor table) {
        return false;
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        String channel = table.options().text(CHANNEL);
        return BatchWriter.sink(subtask -> batch -> PreviewChannels.send(channel, table, batch));
    }

    @Override
    public void deliver(TableDescriptor table, Batch batch) {
        PreviewChannels.send(table.options().text(CHANNEL), table, batch);
    }
}
