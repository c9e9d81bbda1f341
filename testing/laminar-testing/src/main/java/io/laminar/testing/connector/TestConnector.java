package io.laminar.testing.connector;

import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.LookupConnector;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Tables of test scripts. A source is fed by the script, whose watermarks are the only ones; a sink collects what was
 * committed. With {@code format = 'debezium_json'} a source carries a changelog; no byte is ever decoded.
 */
public final class TestConnector implements SourceConnector, SinkConnector, LookupConnector {

    private static final Option BOUNDED =
            Option.bool("bounded", "Whether the source ends with the script.").withDefault(false);
    private static final Option ORDERED = Option.bool(
                    "ordered", "Whether rows keep the order in which they are fed: all come from one subtask.")
            .withDefault(false);
    private static final Option ACCEPTS = Option.choice(
                    "accepts", ChangelogSupport.class, "The changes that the sink takes.")
            .withDefault("retract");

    private static final Option ROWS =
            Option.textList("rows", "The rows of a lookup table, as name=value pairs separated by spaces.");
    private static final Option WHOLE = Option.bool(
                    "whole", "Whether a lookup table is read as a whole rather than asked by key.")
            .withDefault(false);

    /** Names the {@link ScriptLog} or {@link CollectedRows} of the table; set by the runner. */
    public static final Option RUN = Option.text("run", "Name under which the runner feeds or reads the table.")
            .withDefault("");

    /** Whether the rows of a table come from one subtask. */
    public static boolean isOrdered(TableDescriptor table) {
        return table.options().bool(ORDERED);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public String description() {
        return "Tables of test scripts: fed and checked by a .slt file.";
    }

    @Override
    public List<Option> options() {
        return List.of(BOUNDED, ORDERED, ACCEPTS, ROWS, WHOLE, RUN);
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SOURCE, TableUse.SINK, TableUse.LOOKUP);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.OPTIONAL;
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return table.options().bool(BOUNDED);
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return table.options().choice(ACCEPTS, ChangelogSupport.class);
    }

    @Override
    public boolean ownWatermarks(TableDescriptor table) {
        return true;
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        return new ScriptedSource(table.options().text(RUN), bounded(table));
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        return new CollectingSink(table.options().text(RUN));
    }

    @Override
    public LookupTable lookup(TableDescriptor table, List<Integer> keys) {
        return ScriptedLookup.of(
                table.options().textList(ROWS),
                table.schema(),
                keys,
                table.options().bool(WHOLE));
    }
}
