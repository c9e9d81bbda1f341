package io.laminar.testing.slt;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.SinkNode;
import io.laminar.spi.type.Schema;
import io.laminar.testing.text.Changelog;
import io.laminar.testing.text.TextRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Queries over one file that is fed to one bounded table, in any mode of the simulator. */
public final class BoundedQuery {

    private static final List<SltMode.Kind> KINDS = List.of(SltMode.Kind.values());
    private static final int[] BATCH_SIZES = {4096, 1000, 37};

    private final Engine engine;
    private final String declaration;
    private final String table;
    private final Schema schema;
    private final List<TextRow> rows;

    /** @param declaration the table's DDL; the connector is {@code test}, and the table is bounded */
    public BoundedQuery(Engine engine, String declaration, String table, Path file) {
        this.engine = engine;
        this.declaration = declaration;
        this.table = table;
        this.schema = CompiledCase.source(plan("SELECT * FROM " + table), table)
                .orElseThrow(() -> new IllegalArgumentException(table + " is no source"))
                .schema();
        this.rows = FedFile.rows(file, schema);
    }

    private StreamPlan plan(String query) {
        return engine.compiler().apply(declaration + query + ";");
    }

    /**
     * The final rows of a query.
     *
     * @param seed of mode, batch size and interleavings
     */
    public List<TextRow> run(String query, long seed) {
        StreamPlan plan = plan(query);
        SltMode.Kind kind = KINDS.get((int) Math.floorMod(seed, 3L));
        int batchSize = BATCH_SIZES[(int) Math.floorMod(seed / 3, 3L)];
        List<ScriptEvent> events = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += batchSize) {
            int to = Math.min(rows.size(), from + batchSize);
            events.add(new ScriptEvent.Rows(table, schema, rows.subList(from, to)));
        }
        Outcome outcome =
                new SimulatedRun(plan, events, new SltMode(kind, batchSize, seed, false), engine.operators()).run();
        outcome.error().ifPresent(e -> {
            throw e;
        });
        SinkNode sink = plan.sinks().get(0);
        Changelog changelog = new Changelog(sink.schema(), List.of());
        outcome.changes().getOrDefault(sink.table().name(), List.of()).forEach(changelog::apply);
        if (!changelog.contradictions().isEmpty()) {
            throw new IllegalStateException("the changelog contradicts itself: "
                    + changelog.contradictions().get(0));
        }
        return changelog.finalRows();
    }
}
