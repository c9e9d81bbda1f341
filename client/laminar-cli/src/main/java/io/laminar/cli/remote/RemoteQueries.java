package io.laminar.cli.remote;

import io.laminar.cli.SqlFailure;
import io.laminar.cli.SqlSource;
import io.laminar.cli.Terminal;
import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.shell.Queries;
import io.laminar.client.Events;
import io.laminar.client.LaminarClient;
import io.laminar.client.Refusals;
import io.laminar.client.model.GraphResource;
import io.laminar.client.model.GraphResourceEdge;
import io.laminar.client.model.GraphResourceNode;
import io.laminar.client.model.NewPreview;
import io.laminar.client.model.QueryText;
import io.laminar.client.model.QueryValidation;
import io.laminar.client.model.TableResource;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a shell on a server, as previews. */
public final class RemoteQueries implements Queries {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_SECONDS = 3600;

    private final LaminarClient client;
    private final Terminal terminal;
    private final AtomicReference<@Nullable Events> running = new AtomicReference<>();

    public RemoteQueries(LaminarClient client, Terminal terminal) {
        this.client = client;
        this.terminal = terminal;
    }

    @Override
    public String place() {
        return "on " + client.address();
    }

    @Override
    public void check(SqlSource text) {
        QueryValidation validation = validate(text.text());
        List<LaminarException> errors = validation.getErrors().stream()
                .map(Refusals::of)
                // It runs nothing, which is as it should be.
                .filter(error -> error.code() != ErrorCode.EMPTY_PIPELINE)
                .toList();
        if (!errors.isEmpty()) {
            throw new SqlFailure(text, errors, errors.get(0));
        }
    }

    private QueryValidation validate(String text) {
        return client.pipelines(api -> api.postPipelinesValidateQuery(new QueryText().query(text)));
    }

    @Override
    public void run(SqlSource text, boolean writes, OutputFormat format, int liveHeight) {
        NewPreview wanted =
                new NewPreview().limit(MOST_ROWS).seconds(MOST_SECONDS).enableSinks(writes ? true : null);
        try {
            new RemotePreview(client, terminal, format, liveHeight).run(text, wanted, running::set);
        } finally {
            running.set(null);
        }
    }

    @Override
    public void explain(SqlSource text) {
        throw new LaminarException(
                ErrorCode.USAGE,
                "a server does not explain",
                "\\connect - and 'laminar explain' do, here; 'laminar pipeline show --output json' has the graph");
    }

    @Override
    public void interrupt() {
        Events events = running.get();
        if (events != null) {
            events.close();
        }
    }

    @Override
    public List<Column> columns(String declarations, String table) {
        SqlSource text =
                new SqlSource("<columns>", declarations + "SELECT * FROM \"" + table.replace("\"", "\"\"") + "\";");
        QueryValidation validation = validate(text.text());
        GraphResource graph = validation.getGraph();
        if (graph == null) {
            List<LaminarException> errors =
                    validation.getErrors().stream().map(Refusals::of).toList();
            throw new SqlFailure(text, errors, errors.get(0));
        }
        Set<String> inner =
                graph.getEdges().stream().map(GraphResourceEdge::getFrom).collect(Collectors.toSet());
        return graph.getNodes().stream()
                .filter(node -> !inner.contains(node.getId()))
                .findFirst()
                .map(GraphResourceNode::getColumns)
                .orElse(List.of())
                .stream()
                .map(RemoteQueries::column)
                .toList();
    }

    /** A name and a type, with a blank between them. */
    private static Column column(String text) {
        int blank = text.indexOf(' ');
        return new Column(text.substring(0, blank), text.substring(blank + 1));
    }

    @Override
    public List<String> stored() {
        List<String> names = new ArrayList<>();
        for (TableResource table : new Named(client).tables(null)) {
            names.add(table.getName());
        }
        return names;
    }

    @Override
    public void close() {
        interrupt();
    }
}
