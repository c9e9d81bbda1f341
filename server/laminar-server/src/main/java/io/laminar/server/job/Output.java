package io.laminar.server.job;

import io.laminar.connector.console.FeedRow;
import io.laminar.connector.console.FeedTable;
import io.laminar.connector.console.RowFeed;
import io.laminar.server.api.ColumnResource;
import io.laminar.server.api.OutputPage;
import io.laminar.server.api.OutputRow;
import io.laminar.server.api.OutputTable;
import io.laminar.server.event.EventOutput;
import io.laminar.server.event.EventStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows that a job shows, as the API gives them: in pages, or as they come. */
public final class Output {
    private static final int BATCH = 500;
    private static final Duration QUIET = Duration.ofSeconds(5);

    private Output() {}

    /** @param after number of the last row that was read; 0 for the beginning */
    public static OutputPage page(RowFeed feed, long after, int limit) {
        RowFeed.Page page = feed.after(after, limit);
        return new OutputPage(
                feed.tables().stream().map(Output::table).toList(),
                page.rows().stream().map(Output::row).toList(),
                page.missed(),
                page.next(),
                page.ended());
    }

    /** Events {@code table} and {@code row}, until there are no more. */
    public static EventStream stream(RowFeed feed, long after) {
        return out -> {
            long last = after;
            Set<String> told = new HashSet<>();
            boolean ended = false;
            while (!ended && !out.isClosed()) {
                RowFeed.Page page = feed.await(last, BATCH, QUIET);
                send(feed, page.rows(), told, out);
                if (page.rows().isEmpty()) {
                    out.ping();
                }
                last = page.next();
                ended = page.ended();
            }
            out.send("end", page(feed, last, 0));
        };
    }

    /** @param told names of the tables that the client knows */
    public static void send(RowFeed feed, List<FeedRow> rows, Set<String> told, EventOutput out) {
        for (FeedRow row : rows) {
            if (told.add(row.table())) {
                feed.table(row.table()).ifPresent(table -> out.send("table", table(table)));
            }
            out.send("row", row(row));
        }
    }

    private static OutputTable table(FeedTable table) {
        return new OutputTable(
                table.name(),
                table.columns().stream()
                        .map(column -> new ColumnResource(column.name(), column.type(), true))
                        .toList());
    }

    private static OutputRow row(FeedRow row) {
        return new OutputRow(row.number(), row.table(), row.kind(), row.values());
    }
}
