package io.laminar.cli.remote;

import io.laminar.cli.SqlSource;
import io.laminar.cli.Terminal;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.Events;
import io.laminar.client.LaminarClient;
import io.laminar.client.Refusals;
import io.laminar.client.model.GraphResource;
import io.laminar.client.model.GraphResourceEdge;
import io.laminar.client.model.NewPreview;
import io.laminar.client.model.QueryText;
import io.laminar.client.model.QueryValidation;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs queries on a server to look at their rows. */
public final class RemotePreview {
    private final LaminarClient client;
    private final Terminal terminal;
    private final OutputFormat format;
    private final int liveHeight;

    /** @param liveHeight lines of the terminal if changes are shown as what they come to; 0 to show the changes */
    public RemotePreview(LaminarClient client, Terminal terminal, OutputFormat format, int liveHeight) {
        this.client = client;
        this.terminal = terminal;
        this.format = format;
        this.liveHeight = liveHeight;
    }

    /**
     * Runs a query to its end, or until the events are closed.
     *
     * @param wanted how; its query is set
     * @param started gets the events, to close them
     * @throws io.laminar.cli.SqlFailure with the errors of the query
     */
    public void run(SqlSource source, NewPreview wanted, Consumer<Events> started) {
        SqlText text = new SqlText(source);
        QueryValidation validation =
                client.pipelines(api -> api.postPipelinesValidateQuery(new QueryText().query(source.text())));
        if (!validation.getValid()) {
            var errors = validation.getErrors().stream().map(Refusals::of).toList();
            throw text.failure(errors, errors.get(0));
        }
        validation.getWarnings().forEach(warning -> terminal.err().println("warning: " + warning));
        int width = terminal.outIsTerminal() ? terminal.width() : 0;
        EventRows rows = new EventRows(format, terminal.out(), width, liveHeight, changes(validation.getGraph()));
        try (Events events = text.send(() -> client.preview(wanted.query(source.text())))) {
            started.accept(events);
            rows.printAll(events);
        }
        String reason = rows.reason().orElse("");
        if (terminal.errIsTerminal() && (reason.equals("limit") || reason.equals("time"))) {
            terminal.err()
                    .println(reason.equals("limit") ? "(ended at the limit of rows)" : "(ended at the limit of time)");
        }
    }

    /** Whether rows that come out can change. */
    private static boolean changes(@Nullable GraphResource graph) {
        if (graph == null) {
            return true;
        }
        Set<String> inner =
                graph.getEdges().stream().map(GraphResourceEdge::getFrom).collect(Collectors.toSet());
        return graph.getNodes().stream()
                .anyMatch(node ->
                        !inner.contains(node.getId()) && !node.getChangelog().startsWith("append"));
    }
}
