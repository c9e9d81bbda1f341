package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.pass.Optimizer;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.catalog.Column;
import io.laminar.sql.catalog.Connection;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.catalog.TableConnector;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.parser.ddl.EmitQuery;
import io.laminar.sql.type.IntervalLiterals;
import io.laminar.sql.validate.QueryTranslator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.jspecify.annotations.Nullable;

/** Plans the queries of a text as one job: tables are read once, and equal parts are equal nodes. */
final class JobPlanner {
    private static final String PREVIEW = "preview";

    private final PlannerContext context;
    private final PipelineSettings settings;
    private final Map<String, Table> tables;
    private final List<Insert> inserts;
    private final SourcePlanner sources;
    private final SinkPlanner sinks;
    private final RelPlanner queries;
    private final Map<Table, Relation> planned = new HashMap<>();
    private final Set<Table> open = new HashSet<>();

    /**
     * @param tables by name in lower case
     * @param inserts all of the text: those into tables of the pipeline are planned where the table is read
     */
    JobPlanner(
            PlannerContext context,
            QueryTranslator translator,
            PipelineSettings settings,
            Map<String, Table> tables,
            List<Insert> inserts) {
        this.context = context;
        this.settings = settings;
        this.tables = tables;
        this.inserts = inserts;
        this.sources = new SourcePlanner(translator);
        this.sinks = new SinkPlanner(translator);
        this.queries = new RelPlanner(this::read, settings);
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
        nodes.addAll(deadLetters(errors, nodes));
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
        return sinks.rows(table, insert.columns(), query);
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
        return SinkPlanner.sink(descriptor, finalRows ? ChangelogMode.APPEND : connector.accepts(descriptor), compact);
    }

    // EMIT ----------------------------------------------------------------------------------------------------------

    private Relation emitted(Insert insert) {
        Relation query = queries.plan(insert.query());
        EmitQuery emit = insert.emit();
        if (emit == null) {
            return query;
        }
        return switch (emit.mode()) {
            case FINAL -> finalRows(query);
            case CHANGES ->
                query.node().changelog() == ChangelogMode.APPEND && !FinalRows.emitsLast(query.node())
                        ? query
                        : changes(query, settings.values().duration(PipelineSettings.UPDATING_FLUSH_INTERVAL));
            case EVERY -> changes(query, every(emit));
        };
    }

    private static long every(EmitQuery emit) {
        return emit.interval() instanceof SqlIntervalLiteral interval
                ? IntervalLiterals.micros(interval)
                        .filter(micros -> micros >= 0)
                        .orElseThrow(() -> new LaminarException(
                                ErrorCode.INVALID_LITERAL, "EMIT EVERY takes days or shorter, not months"))
                : 0;
    }

    private static Relation finalRows(Relation query) {
        if (query.node().changelog() != ChangelogMode.APPEND && !query.bounded()) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "EMIT FINAL needs windows, or sources that end: this query never knows its last rows",
                    "group by a window");
        }
        return FinalRows.of(query);
    }

    private static Relation changes(Relation query, long interval) {
        PlanNode last = query.node();
        while (last.inputs().size() == 1 && !(last instanceof WindowAggregateNode)) {
            last = last.inputs().get(0);
        }
        if (last instanceof WindowAggregateNode) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "early results of windows are not planned yet",
                    "leave EMIT out: rows leave when their window closes");
        }
        if (FinalRows.emitsLast(query.node())) {
            return query.withNode(FinalRows.withEmit(query.node(), new Emit.Changes(interval)));
        }
        if (query.node().changelog() == ChangelogMode.APPEND) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "this query gives each row once; there is nothing to give early",
                    "leave EMIT out");
        }
        return query;
    }

    // Tables --------------------------------------------------------------------------------------------------------

    private Relation read(String name) {
        Table table = java.util.Objects.requireNonNull(tables.get(name.toLowerCase(Locale.ROOT)), name);
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
                    Table target = deadLetterTable(connection);
                    Relation letters = deadLetter(source, target);
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

    private Table deadLetterTable(Connection connection) {
        String name = java.util.Objects.requireNonNull(connection.badDataTable());
        Table table = tables.get(name.toLowerCase(Locale.ROOT));
        if (table == null || table.connection() == null) {
            throw new LaminarException(
                    table == null ? ErrorCode.UNKNOWN_TABLE : ErrorCode.NOT_A_SINK,
                    table == null
                            ? "there is no table '" + name + "' for bad records"
                            : "table '" + name + "' has no connector; bad records go to an outside table");
        }
        return table;
    }

    /** The columns of the target by name; those that a dead letter does not have are NULL. */
    private Relation deadLetter(SourceNode source, Table target) {
        Schema letters = context.connectors().deadLetterSchema();
        PlanNode lane = new LaneNode(source, Batch.Lane.DEAD_LETTER, letters);
        List<Expression> projections = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Column column : target.columns()) {
            int index = letters.indexOf(column.name());
            if (index < 0 && !column.nullable()) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "bad records have no '" + column.name() + "'",
                        "columns are " + String.join(", ", letters.names()));
            }
            Expression value = index < 0
                    ? new Expression.Literal(null, column.type())
                    : Casts.cast(
                            new Expression.Input(
                                    index,
                                    letters.type(index),
                                    letters.field(index).nullable()),
                            column.type());
            projections.add(value);
            fields.add(new Field(column.name(), column.type(), value.nullable()));
        }
        return Relation.of(Relation.project(lane, projections, new Schema(fields)), source.bounded());
    }
}
