package io.laminar.cli.output;

import io.laminar.connector.console.PreviewChannels;
import io.laminar.connector.console.PreviewConnector;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Prints the rows of all queries of a pipeline that go to the terminal. */
public final class Preview implements AutoCloseable {
    private final OutputFormat format;
    private final PrintStream out;
    private final int width;
    private final int liveHeight;
    private final Runnable beforePrinting;
    private final Map<String, RowPrinter> printers = new LinkedHashMap<>();
    private final Map<String, Boolean> changelogs = new LinkedHashMap<>();
    private final Set<String> channels = new TreeSet<>();
    private boolean finite = true;
    private boolean held;
    private volatile boolean closed;

    /**
     * @param width columns of the terminal; 0 for no limit
     * @param beforePrinting called before rows are printed, to clear what is in the way
     */
    public Preview(OutputFormat format, PrintStream out, int width, Runnable beforePrinting) {
        this(format, out, width, 0, beforePrinting);
    }

    /**
     * @param liveHeight lines of the terminal if changes are shown as the table they come to, drawn again and again; 0 to
     *     show the changes themselves
     */
    public Preview(OutputFormat format, PrintStream out, int width, int liveHeight, Runnable beforePrinting) {
        this.format = format;
        this.out = out;
        this.width = width;
        this.liveHeight = liveHeight;
        this.beforePrinting = beforePrinting;
    }

    /** Listens to the queries of a plan that end in the terminal. */
    public void listen(StreamPlan plan) {
        for (SinkNode sink : plan.sinks()) {
            finite &= isFinite(sink);
            TableDescriptor table = sink.table();
            if (table.connector().equals("preview")) {
                boolean changes = sink.changelog() != ChangelogMode.APPEND;
                boolean live = changes && liveHeight > 0 && format == OutputFormat.TABLE;
                changelogs.put(table.name(), changes && !live);
                printers.put(
                        table.name(),
                        live
                                ? new LivePrinter(table.schema(), out, width, liveHeight)
                                : printer(changes ? OpColumn.schema(table.schema()) : table.schema()));
                finite &= !live;
                channels.add(table.options().text(PreviewConnector.CHANNEL));
            }
        }
        channels.forEach(channel -> PreviewChannels.listen(channel, this::print));
    }

    private RowPrinter printer(Schema schema) {
        return switch (format) {
            case TABLE -> new TablePrinter(schema, out, width);
            case JSON -> new RecordPrinter("json", schema, OptionValues.EMPTY, out);
            case CSV -> new RecordPrinter("csv", schema, new OptionValues(Map.of("csv.header", true)), out);
        };
    }

    private synchronized void print(TableDescriptor table, Batch batch) {
        RowPrinter printer = printers.get(table.name());
        if (printer == null) {
            throw new IllegalStateException("rows of a query that is not shown: " + table.name());
        }
        beforePrinting.run();
        held = true;
        printer.print(Boolean.TRUE.equals(changelogs.get(table.name())) ? OpColumn.add(batch) : batch);
        closed |= out.checkError();
    }

    private static boolean isFinite(PlanNode node) {
        return node instanceof SourceNode source
                ? source.bounded()
                : node.inputs().stream().allMatch(Preview::isFinite);
    }

    /** Shows rows that are held back to lay them out, unless there will be an end at which to do that better. */
    public synchronized void flush() {
        if (held && !finite) {
            show();
        }
    }

    /** Shows rows that are held back. */
    public synchronized void show() {
        beforePrinting.run();
        printers.values().forEach(RowPrinter::flush);
        held = false;
        closed |= out.checkError();
    }

    /** Whether nobody reads the rows any more: the other end of a pipe has been closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Shows what is left; every query has its header, even without rows. */
    public synchronized void finish() {
        beforePrinting.run();
        boolean first = true;
        for (RowPrinter printer : printers.values()) {
            if (!first && format == OutputFormat.TABLE) {
                out.println();
            }
            printer.finish();
            first = false;
        }
    }

    @Override
    public void close() {
        channels.forEach(PreviewChannels::leave);
    }
}
