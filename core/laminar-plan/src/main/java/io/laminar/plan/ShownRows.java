package io.laminar.plan;

import io.laminar.plan.node.SinkNode;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;
import java.util.Map;

/** Plans whose rows are shown to whoever started the job. */
public final class ShownRows {
    private static final String CONNECTOR = "preview";
    private static final String CHANNEL = "channel";

    private ShownRows() {}

    /** Whether a table is where the rows of a plain query go. */
    public static boolean isShown(TableDescriptor table) {
        return table.connector().equals(CONNECTOR);
    }

    /** The plan with the rows of its plain queries on a channel of its own. */
    public static StreamPlan on(String channel, StreamPlan plan) {
        return new StreamPlan(
                plan.sinks().stream()
                        .map(sink -> isShown(sink.table()) ? shown(sink, channel) : sink)
                        .toList(),
                plan.settings());
    }

    /** The plan with all sinks off: what they would write is shown, under the names of their tables. */
    public static StreamPlan instead(String channel, StreamPlan plan) {
        return new StreamPlan(
                plan.sinks().stream().map(sink -> shown(sink, channel)).toList(), plan.settings());
    }

    private static SinkNode shown(SinkNode sink, String channel) {
        TableDescriptor table = sink.table();
        return new SinkNode(
                sink.input(),
                new TableDescriptor(
                        table.name(),
                        CONNECTOR,
                        table.schema(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        new OptionValues(Map.of(CHANNEL, channel)),
                        null,
                        BadDataPolicy.FAIL));
    }
}
