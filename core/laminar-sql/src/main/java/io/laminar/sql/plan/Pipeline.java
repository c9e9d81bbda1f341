package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.Field;
import io.laminar.sql.CompiledPipeline;
import io.laminar.sql.CompiledPipeline.ExplainFormat;
import io.laminar.sql.CompiledPipeline.Explained;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.catalog.Catalog;
import io.laminar.sql.catalog.CatalogEntry;
import io.laminar.sql.catalog.FunctionReader;
import io.laminar.sql.catalog.StoredObjects;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.catalog.TableReader;
import io.laminar.sql.catalog.View;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.parser.ParseResult;
import io.laminar.sql.parser.ParsedStatement;
import io.laminar.sql.parser.ddl.CreateFunction;
import io.laminar.sql.parser.ddl.CreateTable;
import io.laminar.sql.parser.ddl.CreateView;
import io.laminar.sql.parser.ddl.DropObject;
import io.laminar.sql.parser.ddl.EmitQuery;
import io.laminar.sql.parser.ddl.Explain;
import io.laminar.sql.parser.ddl.SetOption;
import io.laminar.sql.type.RelTypes;
import io.laminar.sql.validate.QueryTranslator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a text, one after the other: declarations are read, queries checked. Planning comes at the end, when
 * all settings and all INSERTs into tables of the pipeline are known.
 */
public final class Pipeline {
    private final PlannerContext context;
    private final ErrorCollector errors;
    private final StoredObjects stored;
    private final Catalog catalog;
    private final FunctionCatalog functions;
    private final FunctionReader functionReader;
    private final QueryTranslator translator;
    private final Settings settings = new Settings();
    private final List<Insert> inserts = new ArrayList<>();
    private final List<ExplainedInsert> explained = new ArrayList<>();
    /** Every table by its name in lower case, dropped ones too: a query before the DROP reads them. */
    private final Map<String, Table> tables = new HashMap<>();

    private record ExplainedInsert(Insert insert, ExplainFormat format) {}

    /** @param parsed the text, whose statements are then {@linkplain #add added} */
    public Pipeline(PlannerContext context, ErrorCollector errors, ParseResult parsed, int lines) {
        this.context = context;
        this.errors = errors;
        this.stored = new StoredObjects(context.connectors(), context.stored(), context.placeholders(), errors, lines);
        this.catalog = new Catalog(stored);
        this.functions = context.functions().forPipeline(stored);
        this.functionReader = new FunctionReader(errors);
        this.translator = new QueryTranslator(catalog, functions, errors);
        context.settings().forEach((name, value) -> collecting(null, () -> settings.set(name, value)));
        parsed.unread().forEach(catalog::markBroken);
        parsed.statements().forEach(statement -> hideStored(statement.node()));
    }

    /** What a text declares itself is never the stored one of that name, wherever in the text it is used. */
    private void hideStored(SqlNode node) {
        if (node instanceof CreateTable create) {
            stored.hideTable(create.name().toString());
        } else if (node instanceof CreateView create) {
            stored.hideTable(create.name().toString());
        } else if (node instanceof CreateFunction create) {
            stored.hideFunction(create.name().getSimple());
        } else if (node instanceof Explain explain) {
            hideStored(explain.statement());
        }
    }

    /** Reads a statement; its errors are collected. */
    public void add(ParsedStatement statement) {
        collecting(statement.place(), () -> add(statement.node(), statement.place()));
    }

    private void collecting(Place.@Nullable Sql place, Runnable action) {
        try {
            action.run();
        } catch (CollectedErrors e) {
            // Nothing to add.
            return;
        } catch (LaminarException e) {
            errors.add(place == null ? e : e.at(place));
        } catch (StackOverflowError e) {
            errors.add(tooDeep(place));
        }
    }

    /** A sum of a thousand terms is a tree a thousand levels high; Calcite and the planner walk down it. */
    private static LaminarException tooDeep(Place.@Nullable Sql place) {
        return new LaminarException(
                ErrorCode.LIMIT_EXCEEDED,
                "the statement is too deep: too many operators or queries in a row or inside each other",
                place,
                "put parts of it into a query of their own, with WITH or a view; put parentheses around parts of a long sum",
                null);
    }

    private void add(SqlNode node, Place.Sql place) {
        if (node instanceof CreateTable create) {
            createTable(create).ifPresent(inserts::add);
        } else if (node instanceof CreateView create) {
            createView(create);
        } else if (node instanceof DropObject drop) {
            drop(drop);
        } else if (node instanceof SetOption set) {
            settings.set(set);
        } else if (node instanceof Explain explain) {
            explain(explain, place);
        } else if (node instanceof CreateFunction create) {
            createFunction(create);
        } else {
            query(node, place).ifPresent(inserts::add);
        }
    }

    private void explain(Explain explain, Place.Sql place) {
        SqlNode statement = explain.statement();
        Optional<Insert> insert = Optional.empty();
        if (statement instanceof CreateTable create) {
            insert = createTable(create);
        } else if (statement instanceof CreateView create) {
            createView(create);
            insert = query(create.query(), place);
        } else {
            insert = query(statement, place);
        }
        ExplainFormat format = ExplainFormat.valueOf(explain.format().name());
        insert.ifPresent(i -> explained.add(new ExplainedInsert(i, format)));
    }

    // Declarations --------------------------------------------------------------------------------------------------

    /** The table; for CREATE TABLE ... AS also what fills it. */
    private Optional<Insert> createTable(CreateTable create) {
        Place.Sql place = Places.of(create.name());
        if (create.ifNotExists() && catalog.find(create.name().toString()).isPresent()) {
            return Optional.empty();
        }
        SqlNode query = create.query();
        Optional<RelNode> rel = query == null ? Optional.empty() : translator.translate(unwrapped(query));
        if (query != null && rel.isEmpty()) {
            catalog.markBroken(create.name().toString());
            return Optional.empty();
        }
        List<Field> columns = rel.map(Pipeline::columns).orElse(List.of());
        Optional<Table> table = new TableReader(context.connectors(), stored, errors).read(create, columns);
        if (table.isEmpty()) {
            catalog.markBroken(create.name().toString());
            return Optional.empty();
        }
        catalog.add(table.get(), place);
        tables.put(table.get().name().toLowerCase(Locale.ROOT), table.get());
        return rel.map(node -> new Insert(table.get(), List.of(), node, emit(query), Places.of(query(query))));
    }

    private static SqlNode query(@Nullable SqlNode query) {
        return java.util.Objects.requireNonNull(query);
    }

    private static List<Field> columns(RelNode rel) {
        List<Field> columns = new ArrayList<>();
        for (RelDataTypeField field : rel.getRowType().getFieldList()) {
            columns.add(new Field(field.getName(), RelTypes.from(field.getType()), true));
        }
        return columns;
    }

    private void createView(CreateView create) {
        Place.Sql place = Places.of(create.name());
        boolean exists = catalog.find(create.name().toString()).isPresent();
        if (exists && create.ifNotExists()) {
            return;
        }
        View view = new View(create.name().toString(), create.query(), create.columns());
        if (exists && create.replace()) {
            catalog.replace(view);
        } else {
            catalog.add(view, place);
        }
        // A view is checked where it is declared, so that its errors have their own place.
        if (translator.translate(create.query()).isEmpty()) {
            catalog.remove(view.name());
            catalog.markBroken(view.name());
        }
    }

    private void drop(DropObject drop) {
        String name = drop.name().toString();
        boolean isView = drop.kind() == DropObject.Kind.VIEW;
        CatalogEntry entry = catalog.find(name).orElse(null);
        if (drop.kind() == DropObject.Kind.FUNCTION) {
            dropFunction(drop, name);
            return;
        }
        if (catalog.isStored(name)) {
            throw new LaminarException(
                    ErrorCode.IN_USE,
                    "'" + name + "' is a stored table: the text uses it and does not own it",
                    Places.of(drop.name()),
                    "DROP is for what the text declares",
                    null);
        }
        if (entry == null || entry instanceof View != isView) {
            if (drop.ifExists() && entry == null) {
                return;
            }
            throw new LaminarException(
                    ErrorCode.UNKNOWN_TABLE,
                    "there is no " + (isView ? "view" : "table") + " '" + name + "' to drop",
                    Places.of(drop.name()),
                    NearestName.hint(name, catalog.names()),
                    null);
        }
        catalog.remove(name);
    }

    private void createFunction(CreateFunction create) {
        String name = create.name().getSimple();
        boolean builtIn = functions.find(name).isPresent();
        if (builtIn || (functions.declared(name).isPresent() && !create.replace())) {
            throw new LaminarException(
                    ErrorCode.DUPLICATE_NAME,
                    "there is a function '" + name.toLowerCase(Locale.ROOT) + "' already",
                    Places.of(create.name()),
                    builtIn
                            ? "functions of Laminar cannot be replaced; choose another name"
                            : "CREATE OR REPLACE FUNCTION",
                    null);
        }
        functions.declare(functionReader.read(create));
    }

    private void dropFunction(DropObject drop, String name) {
        if (!functions.drop(name) && !drop.ifExists()) {
            throw new LaminarException(
                    ErrorCode.UNKNOWN_FUNCTION,
                    "there is no function '" + name + "' to drop",
                    Places.of(drop.name()),
                    null,
                    null);
        }
    }

    // Queries -------------------------------------------------------------------------------------------------------

    private Optional<Insert> query(SqlNode node, Place.Sql place) {
        if (!(node instanceof SqlInsert insert)) {
            return translator
                    .translate(unwrapped(node))
                    .map(rel -> new Insert(null, List.of(), rel, emit(node), place));
        }
        SqlNode source = insert.getSource();
        Table table = target(insert);
        Optional<RelNode> rel = translator.translate(unwrapped(source));
        if (table == null || rel.isEmpty()) {
            return Optional.empty();
        }
        List<SqlIdentifier> columns = new ArrayList<>();
        SqlNodeList list = insert.getTargetColumnList();
        if (list != null) {
            list.forEach(column -> columns.add((SqlIdentifier) column));
        }
        return Optional.of(new Insert(table, columns, rel.get(), emit(source), Places.of(source)));
    }

    private @Nullable Table target(SqlInsert insert) {
        String name = insert.getTargetTable().toString();
        Place.Sql place = Places.of(insert.getTargetTable());
        CatalogEntry entry = catalog.find(name, place).orElse(null);
        if (entry instanceof Table table) {
            return table;
        }
        if (entry == null && catalog.isBroken(name)) {
            return null;
        }
        errors.add(new LaminarException(
                entry == null ? ErrorCode.UNKNOWN_TABLE : ErrorCode.NOT_A_SINK,
                entry == null ? "there is no table '" + name + "'" : "'" + name + "' is a view and cannot be written",
                place,
                NearestName.hint(
                        name,
                        catalog.names().stream().filter(n -> !n.equals(name)).toList()),
                null));
        return null;
    }

    private static SqlNode unwrapped(SqlNode query) {
        return query instanceof EmitQuery emit ? emit.query() : query;
    }

    private static @Nullable EmitQuery emit(@Nullable SqlNode query) {
        return query instanceof EmitQuery emit ? emit : null;
    }

    // Planning ------------------------------------------------------------------------------------------------------

    /** Plans what has been read; the plan is of no use if errors have been collected. */
    public CompiledPipeline finish() {
        PipelineSettings values = settings.toSettings();
        StreamPlan plan = new StreamPlan(List.of(), values);
        List<Explained> explanations = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        try {
            JobPlanner job = new JobPlanner(
                    context,
                    translator,
                    values,
                    new AllTables(),
                    allInserts(),
                    settings.place(PipelineSettings.LATE_ROWS));
            plan = job.plan(inserts, errors, warnings);
            for (ExplainedInsert explain : explained) {
                StreamPlan single = job.plan(List.of(explain.insert), errors, new ArrayList<>());
                explanations.add(new Explained(single, explain.format));
            }
        } catch (CollectedErrors e) {
            return new CompiledPipeline(plan, List.of(), List.of(), stored.uses());
        } catch (StackOverflowError e) {
            errors.add(tooDeep(null));
            return new CompiledPipeline(plan, List.of(), List.of(), stored.uses());
        }
        return new CompiledPipeline(plan, List.copyOf(explanations), List.copyOf(warnings), stored.uses());
    }

    /** The tables by name, also those that have been dropped after their use, and those of the store. */
    private final class AllTables implements JobPlanner.Tables {
        @Override
        public Optional<Table> named(String name, Place.Sql use) {
            Table known = tables.get(name.toLowerCase(Locale.ROOT));
            return known != null
                    ? Optional.of(known)
                    : catalog.find(name, use).filter(Table.class::isInstance).map(Table.class::cast);
        }

        @Override
        public Collection<String> names() {
            Collection<String> names = new LinkedHashSet<>(catalog.names());
            tables.values().forEach(table -> names.add(table.name()));
            return names;
        }
    }

    private List<Insert> allInserts() {
        List<Insert> all = new ArrayList<>(inserts);
        explained.forEach(e -> all.add(e.insert));
        return all;
    }
}
