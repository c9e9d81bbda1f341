package io.laminar.testing.slt;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.Schema;
import io.laminar.testing.text.TextRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case whose SQL has been planned and whose fed rows have been read.
 *
 * @param feeds the rows of every feed command
 */
record CompiledCase(SltCase source, StreamPlan plan, Map<SltCommand, Feed> feeds) {

    /** @param schema the declared columns */
    record Feed(Schema schema, List<TextRow> rows) {}

    static CompiledCase of(SltCase source, Engine engine) {
        StreamPlan plan;
        try {
            plan = engine.compiler().apply(source.sql());
        } catch (LaminarException e) {
            throw new SltException(source.file(), source.line(), "is refused: " + e.describe(), e);
        }
        Map<String, Schema> schemas = new HashMap<>();
        Map<SltCommand, Feed> feeds = new HashMap<>();
        for (SltCommand command : source.script()) {
            if (command instanceof SltCommand.Feed feed) {
                Schema schema = schemas.computeIfAbsent(feed.table(), t -> declared(source, feed, engine));
                feeds.put(feed, new Feed(schema, rows(source, feed, schema)));
            }
        }
        return new CompiledCase(source, plan, feeds);
    }

    /** All declared columns, which only a query of all of them shows: plans read no more than they use. */
    private static Schema declared(SltCase source, SltCommand.Feed feed, Engine engine) {
        StreamPlan plan;
        try {
            plan = engine.compiler().apply(source.declarationsSql() + "\nSELECT * FROM " + feed.table() + ";");
        } catch (LaminarException e) {
            throw new SltException(source.file(), feed.line(), "cannot be fed: " + e.describe(), e);
        }
        return source(plan, feed.table())
                .orElseThrow(() -> new SltException(source.file(), feed.line(), feed.table() + " is no source"))
                .schema();
    }

    /** The node that reads a table, if the plan does. */
    static Optional<SourceNode> source(StreamPlan plan, String table) {
        return plan.sinks().stream().flatMap(s -> find(s, table).stream()).findFirst();
    }

    private static Optional<SourceNode> find(PlanNode node, String table) {
        if (node instanceof SourceNode found && found.table().name().equalsIgnoreCase(table)) {
            return Optional.of(found);
        }
        return node.inputs().stream().flatMap(i -> find(i, table).stream()).findFirst();
    }

    private static List<TextRow> rows(SltCase source, SltCommand.Feed feed, Schema schema) {
        List<TextRow> rows = new ArrayList<>();
        try {
            feed.file().ifPresent(path -> rows.addAll(FedFile.rows(FedFile.find(source.file(), path), schema)));
        } catch (IllegalArgumentException | LaminarException e) {
            throw new SltException(source.file(), feed.line(), String.valueOf(e.getMessage()), e);
        }
        for (SltCommand.Row row : feed.rows()) {
            try {
                rows.add(TextRow.parseChange(row.text(), schema));
            } catch (IllegalArgumentException e) {
                throw new SltException(source.file(), row.line(), String.valueOf(e.getMessage()), e);
            }
        }
        return rows;
    }

    /** The script with its rows in batches. */
    List<ScriptEvent> events(int batchSize) {
        List<ScriptEvent> events = new ArrayList<>();
        for (SltCommand command : source.script()) {
            if (command instanceof SltCommand.Feed feed) {
                Feed fed = feeds.get(feed);
                for (int from = 0; fed != null && from < fed.rows().size(); from += batchSize) {
                    int to = Math.min(from + batchSize, fed.rows().size());
                    events.add(new ScriptEvent.Rows(
                            feed.table(), fed.schema(), fed.rows().subList(from, to)));
                }
            } else if (command instanceof SltCommand.Watermark mark) {
                events.add(new ScriptEvent.Watermark(mark.table(), mark.time()));
            } else if (command instanceof SltCommand.Clock clock) {
                events.add(new ScriptEvent.Clock(clock.time()));
            } else {
                events.add(new ScriptEvent.Checkpoint());
            }
        }
        return events;
    }

    /** The sink an expectation speaks of. */
    SinkNode sink(SltCommand.ExpectRows expectation) {
        List<SinkNode> sinks = plan.sinks();
        if (expectation.sink().isPresent() && sinks.size() > 1) {
            String name = expectation.sink().get();
            return sinks.stream()
                    .filter(s -> s.table().name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new SltException(source.file(), expectation.line(), "the pipeline does not write " + name));
        }
        if (sinks.size() > 1) {
            throw new SltException(source.file(), expectation.line(), "which sink? the pipeline writes several");
        }
        return sinks.get(0);
    }
}
