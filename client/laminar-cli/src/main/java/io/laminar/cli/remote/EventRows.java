package io.laminar.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laminar.cli.output.Csv;
import io.laminar.cli.output.LiveTable;
import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.output.TextTable;
import io.laminar.client.Events;
import io.laminar.spi.batch.RowKind;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prints rows that a server streams. */
public final class EventRows {
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final List<String> NUMBERS =
            List.of("TINYINT", "SMALLINT", "INT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL");

    private final OutputFormat format;
    private final PrintStream out;
    private final int width;
    private final int liveHeight;
    private final boolean changes;
    private final Map<String, Shown> tables = new LinkedHashMap<>();
    private long drawn = System.nanoTime();
    private @Nullable String reason;
    private boolean finished;

    /** A table and what prints it. */
    private record Shown(
            List<String> columns,
            boolean[] right,
            @Nullable TextTable table,
            @Nullable LiveTable live) {}

    /**
     * @param width columns of the terminal; 0 for no limit
     * @param liveHeight lines of the terminal if changes are shown as what they come to; 0 to show the changes
     * @param changes whether rows may change; otherwise their kind is not shown
     */
    public EventRows(OutputFormat format, PrintStream out, int width, int liveHeight, boolean changes) {
        this.format = format;
        this.out = out;
        this.width = width;
        this.liveHeight = liveHeight;
        this.changes = changes;
    }

    /** Prints events until the last, each soon after it has come. */
    public void printAll(Events events) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(EventRows::daemon);
        // Rows that come rarely are not kept back until the next one comes.
        Future<?> flushing =
                clock.scheduleWithFixedDelay(this::flush, REDRAW_NANOS, REDRAW_NANOS, TimeUnit.NANOSECONDS);
        try {
            Optional<Events.Event> event = events.next();
            while (event.isPresent()) {
                print(event.get());
                event = events.next();
            }
        } finally {
            flushing.cancel(false);
            clock.shutdown();
        }
        finish();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "rows");
        thread.setDaemon(true);
        return thread;
    }

    /** Prints an OutputPage. */
    synchronized void printPage(JsonNode page) {
        page.get("tables").forEach(this::begin);
        page.get("rows").forEach(this::row);
        finish();
    }

    private synchronized void print(Events.Event event) {
        switch (event.name()) {
            case "table" -> begin(event.data());
            case "row" -> row(event.data());
            case "end" -> reason = event.data().path("reason").asText(null);
            default -> {
                // A later server may tell more.
            }
        }
    }

    /** Why there are no more rows, if the server said so. */
    public synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    private void begin(JsonNode table) {
        List<String> columns = new ArrayList<>();
        List<Boolean> numbers = new ArrayList<>();
        if (changes && liveHeight == 0 && format != OutputFormat.JSON) {
            columns.add("op");
            numbers.add(false);
        }
        for (JsonNode column : table.get("columns")) {
            columns.add(column.get("name").asText());
            numbers.add(isNumber(column.get("type").asText()));
        }
        boolean[] right = new boolean[numbers.size()];
        for (int c = 0; c < right.length; c++) {
            right[c] = numbers.get(c);
        }
        String[] names = columns.toArray(String[]::new);
        boolean live = changes && liveHeight > 0;
        boolean first = tables.isEmpty();
        tables.put(
                table.get("table").asText(),
                new Shown(
                        columns,
                        right,
                        format == OutputFormat.TABLE && !live ? new TextTable(names, right, out, width) : null,
                        format == OutputFormat.TABLE && live
                                ? new LiveTable(names, right, out, width, liveHeight)
                                : null));
        if (format == OutputFormat.CSV) {
            out.print(first ? "" : "\n");
            Csv.line(out, columns);
        }
    }

    private static boolean isNumber(String type) {
        return NUMBERS.stream().anyMatch(number -> type.equals(number) || type.startsWith(number + "("));
    }

    private void row(JsonNode row) {
        Shown shown = tables.get(row.get("table").asText());
        if (shown == null) {
            return;
        }
        String kind = row.get("kind").asText();
        JsonNode values = row.get("values");
        if (format == OutputFormat.JSON) {
            out.println(object(kind, shown.columns(), values));
            return;
        }
        List<String> cells = new ArrayList<>();
        LiveTable live = shown.live();
        if (changes && live == null && liveHeight == 0) {
            cells.add(kind);
        }
        for (JsonNode value : values) {
            String text = value.isNull()
                    ? format == OutputFormat.CSV ? "" : "NULL"
                    : value.isValueNode() ? value.asText() : value.toString();
            cells.add(format == OutputFormat.CSV ? text : TextTable.oneLine(text));
        }
        TextTable table = shown.table();
        if (live != null) {
            live.change(RowKind.parse(kind), cells.toArray(String[]::new));
        } else if (table != null) {
            table.add(cells.toArray(String[]::new));
        } else {
            Csv.line(out, cells);
        }
        if (System.nanoTime() - drawn > REDRAW_NANOS) {
            flush();
        }
    }

    private String object(String kind, List<String> columns, JsonNode values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (changes) {
            object.put("op", kind);
        }
        for (int c = 0; c < columns.size(); c++) {
            object.set(columns.get(c), values.get(c));
        }
        return object.toString();
    }

    private synchronized void flush() {
        if (finished) {
            return;
        }
        drawn = System.nanoTime();
        for (Shown shown : tables.values()) {
            TextTable table = shown.table();
            LiveTable live = shown.live();
            if (table != null) {
                table.flush();
            } else if (live != null) {
                live.draw();
            }
        }
        out.flush();
    }

    private synchronized void finish() {
        finished = true;
        for (Shown shown : tables.values()) {
            TextTable table = shown.table();
            LiveTable live = shown.live();
            if (table != null) {
                table.finish();
            } else if (live != null) {
                live.finish();
            }
        }
        out.flush();
    }
}
