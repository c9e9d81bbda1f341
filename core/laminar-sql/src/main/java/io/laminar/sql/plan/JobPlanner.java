package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.pass.Optimizer;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.catalog.Connection;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.catalog.TableConnector;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.validate.QueryTranslator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the queries of a text as one job: tables are read once, and equal parts are equal nodes. */
final class JobPlanner {
    private static final String PREVIEW = "preview";

    private final PlannerContext context;
    private final PipelineSettings settings;
    private final Tables tables;
    private final List<Insert> inserts;
    private final SourcePlanner sources;
    private final SinkPlanner sinks;
    private final RelPlanner queries;
    private final EmitPlanner emits;
    private final SideTables sideTables;
    private final Place.@Nullable Sql lateRowsPlace;
    private final Map<Table, Relation> planned = new HashMap<>();
    private final Set<Table> open = new HashSet<>();

    /** The tables of a text and those of the store. */
    interface Tables {
        /** @param use where the text names it */
        Optional<Table> named(String name, Place.Sql use);

        Collection<String> names();
    }

    /**
     * @param tables by name
     * @param inserts all of the text: those into tables of the pipeline are planned where the table is read
     * @param lateRowsPlace where the text sets late_rows; null if it does not
     */
    JobPlanner(
            PlannerContext context,
            QueryTranslator translator,
            PipelineSettings settings,
            Tables tables,
            List<Insert> inserts,
            Place.@Nullable Sql lateRowsPlace) {
        this.context = context;
        this.settings = settings;
        this.tables = tables;
        this.inserts = inserts;
        this.sources = new SourcePlanner(translator);
        this.sinks = new SinkPlanner(translator, settings);
        this.queries = new RelPlanner(this::read, settings);
        this.emits = new EmitPlanner(settings);
        this.sideTables = new SideTables(tables);
        this.lateRowsPlace = lateRowsPlace;
    }

    StreamPlan plan(List<Insert> wanted, ErrorCollector errors, List<String> warnings) {
        Map<Table, List<Relation>> rows = new LinkedHashMap<>();
        List<SinkNode> nodes = new ArrayList<>();
        int previews = 0;
        for (Insert insert : wanted) {
            Table table = insert.table();
            try {
                if (table == null) {
                    nodes.add(preview(insert, previews++));
                } else if (table.connection() != null) {
                    Relation relation = rows(table, insert);
                    rows.computeIfAbsent(table, t -> new ArrayList<>()).add(relation);
                } else if (!planned.containsKey(table)) {
                    memory(table);
                }
            } catch (LaminarException e) {
                errors.add(e.at(insert.place()));
            } catch (CollectedErrors e) {
                // The other statements may have errors of their own.
            }
        }
        rows.forEach((table, relations) -> {
            try {
                nodes.add(sink(table, relations));
            } catch (LaminarException e) {
                errors.add(e.at(place(table, wanted)));
            }
        });
        nodes.addAll(lateRows(errors, nodes, warnings));
        nodes.addAll(deadLetters(errors, nodes));
        for (SinkNode node : nodes) {
            try {
                LookupJoinPlanner.refuseScan(node);
            } catch (LaminarException e) {
                errors.add(e.at(wanted.get(0).place()));
                return new StreamPlan(List.of(), settings);
            }
        }
        warnUnread(wanted, nodes, warnings);
        return Optimizer.optimize(new StreamPlan(nodes, settings));
    }

    private static Place.Sql place(Table table, List<Insert> wanted) {
        return wanted.stream()
                .filter(insert -> table.equals(insert.table()))
                .findFirst()
                .orElseThrow()
                .place();
    }

    private SinkNode sink(Table table, List<Relation> relations) {
        Connection connection = java.util.Objects.requireNonNull(table.connection());
        Schema schema = relations.get(0).node().schema();
        return sinks.sink(table, connection, RelPlanner.unionAll(relations, schema));
    }

    private Relation rows(Table table, Insert insert) {
        Relation query = emitted(insert);
        return sinks.rows(table, insert.columns(), query, column -> RelPlaces.column(insert.query(), column));
    }

    private SinkNode preview(Insert insert, int number) {
        TableConnector connector = context.connectors().named(PREVIEW);
        Relation rows = emitted(insert);
        for (LogicalColumn column : rows.columns()) {
            RelPlanner.converter(rows).column(rows.columns().indexOf(column));
        }
        Relation compact = rows.compact();
        TableDescriptor descriptor = new TableDescriptor(
                number == 0 ? PREVIEW : PREVIEW + "_" + (number + 1),
                PREVIEW,
                compact.node().schema(),
                Map.of(),
                List.of(),
                List.of(),
                OptionValues.EMPTY,
                null,
                BadDataPolicy.FAIL);
        // Whoever looks at a result that ends wants to see it once, and not how it came about, unless EMIT says so.
        boolean finalRows = insert.emit() == null && rows.bounded();
        return sinks.sink(descriptor, finalRows ? ChangelogMode.APPEND : connector.accepts(descriptor), compact);
    }

    private Relation emitted(Insert insert) {
        return emits.plan(queries.plan(insert.query()), insert.emit());
    }

    // Tables --------------------------------------------------------------------------------------------------------

    private Relation read(String name) {
        // The query has been checked, so the table is there.
        Table table = tables.named(name, Place.Sql.at(1, 1)).orElseThrow();
        Relation known = planned.get(table);
        if (known != null) {
            return known;
        }
        Connection connection = table.connection();
        if (connection == null) {
            return memory(table);
        }
        try {
            Relation relation = sources.plan(table, connection);
            planned.put(table, relation);
            return relation;
        } catch (LaminarException e) {
            throw table.place() == null ? e : e.at(table.place());
        }
    }

    /** A table of the pipeline is all that INSERTs put into it. */
    private Relation memory(Table table) {
        if (!open.add(table)) {
            throw new LaminarException(
                    ErrorCode.INVALID_QUERY, "what is inserted into table '" + table.name() + "' is read from it");
        }
        List<Relation> rows = new ArrayList<>();
        for (Insert insert : inserts) {
            if (table.equals(insert.table())) {
                try {
                    rows.add(rows(table, insert));
                } catch (LaminarException e) {
                    throw e.at(insert.place());
                }
            }
        }
        open.remove(table);
        if (rows.isEmpty()) {
            throw new LaminarException(
                    ErrorCode.NOT_A_SOURCE,
                    "table '" + table.name() + "' has no connector and nothing is inserted into it",
                    "name a connector in WITH (...), or INSERT INTO " + table.name());
        }
        Relation relation = RelPlanner.unionAll(rows, rows.get(0).node().schema());
        planned.put(table, relation);
        return relation;
    }

    private void warnUnread(List<Insert> wanted, List<SinkNode> nodes, List<String> warnings) {
        for (Insert insert : wanted) {
            Table table = insert.table();
            if (table == null || table.connection() != null) {
                continue;
            }
            Relation rows = planned.get(table);
            boolean read = rows != null && nodes.stream().anyMatch(node -> contains(node, rows.node()));
            String warning = "rows are inserted into table '" + table.name() + "', but nothing reads it";
            if (!read && !warnings.contains(warning)) {
                warnings.add(warning);
            }
        }
    }

    private static boolean contains(PlanNode node, PlanNode part) {
        return node.equals(part) || node.inputs().stream().anyMatch(input -> contains(input, part));
    }

    // Dead letters --------------------------------------------------------------------------------------------------

    private List<SinkNode> deadLetters(ErrorCollector errors, List<SinkNode> nodes) {
        Map<Table, List<Relation>> rows = new LinkedHashMap<>();
        for (Map.Entry<Table, Relation> entry : Map.copyOf(planned).entrySet()) {
            Connection connection = entry.getKey().connection();
            SourceNode source = source(entry.getValue().node());
            if (connection == null || connection.badDataTable() == null || source == null) {
                continue;
            }
            boolean used = nodes.stream().anyMatch(node -> contains(node, source));
            try {
                if (used) {
                    String name = java.util.Objects.requireNonNull(connection.badDataTable());
                    Table target = sideTables.named(name, "bad records", connection.badDataPlace());
                    Relation letters =
                            deadLetter(source, target, context.connectors().deadLetterSchema());
                    rows.computeIfAbsent(target, t -> new ArrayList<>()).add(letters);
                }
            } catch (LaminarException e) {
                errors.add(connection.badDataPlace() == null ? e : e.at(connection.badDataPlace()));
            }
        }
        List<SinkNode> sinkNodes = new ArrayList<>();
        rows.forEach((table, relations) -> sinkNodes.add(sink(table, relations)));
        return sinkNodes;
    }

    private static @Nullable SourceNode source(PlanNode node) {
        if (node instanceof SourceNode source) {
            return source;
        }
        return node.inputs().size() == 1 ? source(node.inputs().get(0)) : null;
    }

    private static Relation deadLetter(SourceNode source, Table target, Schema letters) {
        return SideTables.rows(
                new LaneNode(source, Batch.Lane.DEAD_LETTER, letters),
                "bad records",
                Map.of(),
                target,
                source.bounded());
    }

    // Late rows -----------------------------------------------------------------------------------------------------

    /** The sink for rows that windows of the given sinks refuse as late. */
    private List<SinkNode> lateRows(ErrorCollector errors, List<SinkNode> nodes, List<String> warnings) {
        if (!settings.values().has(PipelineSettings.LATE_ROWS)) {
            return List.of();
        }
        try {
            Table target =
                    sideTables.named(settings.values().text(PipelineSettings.LATE_ROWS), "late rows", lateRowsPlace);
            List<Relation> rows = SideTables.lateRows(nodes, target);
            if (rows.isEmpty()) {
                warnings.add("late_rows names table '" + target.name() + "', but nothing here has late rows");
                return List.of();
            }
            return List.of(sink(target, rows));
        } catch (LaminarException e) {
            errors.add(lateRowsPlace == null ? e : e.at(lateRowsPlace));
            return List.of();
        }
    }
}
