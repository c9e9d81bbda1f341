package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.subquery.Elements;
import io.laminar.sql.type.RelTypes;
import io.laminar.sql.validate.Hints;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Relational algebra to plan nodes. */
final class RelPlanner {
    private final Function<String, Relation> tables;
    private final PipelineSettings settings;
    private final AggregatePlanner aggregates;
    private final GroupingSetsPlanner groupingSets;
    private final SetOperationPlanner setOperations;
    private final UnnestPlanner unnests = new UnnestPlanner();
    private final JoinPlanner joins;

    /** @param tables the rows of a table by its name */
    RelPlanner(Function<String, Relation> tables, PipelineSettings settings) {
        this.tables = tables;
        this.settings = settings;
        this.aggregates = new AggregatePlanner(settings);
        this.groupingSets = new GroupingSetsPlanner(aggregates);
        this.setOperations = new SetOperationPlanner(settings);
        this.joins = new JoinPlanner(settings);
    }

    Relation plan(RelNode node) {
        try {
            return hinted(node).planned(node);
        } catch (LaminarException e) {
            throw RelPlaces.locate(e, node);
        }
    }

    /** The planner for a node: this one, or one with the time to live that a hint gives the node. */
    private RelPlanner hinted(RelNode node) {
        Long ttl = Hints.ttl(node);
        return ttl == null || ttl == settings.values().duration(PipelineSettings.UPDATING_TTL)
                ? this
                : new RelPlanner(tables, settings.with(PipelineSettings.UPDATING_TTL, ttl));
    }

    private Relation planned(RelNode node) {
        if (node instanceof TableScan scan) {
            List<String> name = scan.getTable().getQualifiedName();
            return tables.apply(name.get(name.size() - 1));
        }
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Filter filter) {
            return filter(filter);
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (node instanceof SetOp operation) {
            return setOperation(operation);
        }
        if (node instanceof Correlate correlate && Elements.isElements(correlate.getRight())) {
            return unnests.plan(correlate, plan(correlate.getLeft()));
        }
        if (node instanceof Join join && Elements.isElements(join.getRight())) {
            return unnests.plan(join, plan(join.getLeft()));
        }
        if (node instanceof Join join) {
            return join(join, List.of());
        }
        if (node instanceof Uncollect uncollect) {
            return unnests.plan(uncollect, plan(uncollect.getInput()));
        }
        if (node instanceof Values values) {
            return values(values);
        }
        if (node instanceof Sort sort) {
            return sort(sort);
        }
        throw new LaminarException(
                ErrorCode.UNSUPPORTED_SQL,
                node.getRelTypeName().replace("Logical", "").toLowerCase(java.util.Locale.ROOT) + " is not supported");
    }

    private Relation project(Project project) {
        if (project.containsOver()) {
            return OverPlanner.plan(project, whole(project.getInput()), settings);
        }
        List<RexNode> expressions = project.getProjects();
        RexCall match = MatchPlanner.carrier(project);
        if (match != null) {
            return MatchPlanner.plan(project, match, whole(project.getInput()), settings);
        }
        Relation input = plan(project.getInput());
        return UnnestPlanner.appliesTo(expressions)
                ? unnests.plan(project, input)
                : project(expressions, project.getRowType().getFieldNames(), input);
    }

    static Relation project(List<RexNode> nodes, List<String> names, Relation input) {
        Marks marks = new Marks(input);
        ExpressionConverter converter = converter(input);
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<LogicalColumn> columns = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            RexNode node = nodes.get(i);
            Mark mark = marks.of(node);
            if (mark instanceof Mark.Window window && !window.assigned()) {
                DataType type = RelTypes.from(node.getType());
                columns.add(new LogicalColumn(names.get(i), type, false, LogicalColumn.NONE, mark));
                continue;
            }
            Expression expression = steady(node, input, converter);
            Field field = new Field(names.get(i), expression.type(), expression.nullable());
            columns.add(new LogicalColumn(field.name(), field.type(), field.nullable(), expressions.size(), mark));
            expressions.add(expression);
            fields.add(field);
        }
        PlanNode node = Relation.project(input.node(), expressions, new Schema(fields));
        return new Relation(node, columns, input.bounded());
    }

    private static Expression steady(RexNode node, Relation input, ExpressionConverter converter) {
        try {
            return steady(converter.convert(node), input);
        } catch (LaminarException e) {
            throw ExpressionConverter.locate(node, e);
        }
    }

    /** A change takes back a row by its values, so they must be the same when it comes. */
    static Expression steady(Expression expression, Relation input) {
        if (input.node().changelog() != ChangelogMode.APPEND && Expressions.isVolatile(expression)) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    expression
                            + " over rows that change is not supported: it gives another value when a row is taken back",
                    "compute it below the aggregation");
        }
        return expression;
    }

    /**
     * The rows of a node, with what projections leave out behind its columns if late rows go to a table: they go there
     * whole.
     */
    private Relation whole(RelNode node) {
        RelPlanner planner = hinted(node);
        if (planner != this) {
            return planner.whole(node);
        }
        if (!settings.values().has(PipelineSettings.LATE_ROWS)) {
            return plan(node);
        }
        if (node instanceof Filter filter && RankFilter.of(filter) == null) {
            Relation input = whole(filter.getInput());
            return filter(steady(converter(input).convert(filter.getCondition()), input), input);
        }
        boolean plain = node instanceof Project project
                && !project.containsOver()
                && MatchPlanner.carrier(project) == null
                && !UnnestPlanner.appliesTo(project.getProjects());
        if (!plain) {
            return plan(node);
        }
        Project project = (Project) node;
        Relation input = whole(project.getInput());
        return project(project.getProjects(), project.getRowType().getFieldNames(), input)
                .withRest(input);
    }

    static ExpressionConverter converter(Relation input) {
        return new ExpressionConverter(index -> {
            LogicalColumn column = input.column(index);
            Mark.Window window = column.window();
            if (column.isPending() && window != null) {
                throw ExpressionConverter.misplaced(window.function()).at(window.place());
            }
            return column.input();
        });
    }

    private Relation filter(Filter filter) {
        RankFilter ranking = RankFilter.of(filter);
        if (ranking != null) {
            Relation ranked = whole(ranking.project().getInput());
            try {
                return TopNPlanner.plan(ranking, ranked, settings);
            } catch (LaminarException e) {
                throw ExpressionConverter.locate(ranking.over(), e);
            }
        }
        if (filter.getInput() instanceof Join join
                && join.getJoinType() == JoinRelType.INNER
                && !JoinConditions.choosesRows(join)
                && !Elements.isElements(join.getRight())) {
            return join(join, RelOptUtil.conjunctions(filter.getCondition()));
        }
        Relation input = plan(filter.getInput());
        return filter(steady(filter.getCondition(), input, converter(input)), input);
    }

    static Relation filter(Expression condition, Relation input) {
        Schema schema = input.node().schema();
        List<Expression> all = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            all.add(new Expression.Input(i, schema.type(i), schema.field(i).nullable()));
        }
        return input.withNode(new FilterProjectNode(input.node(), condition, all, null, schema));
    }

    /** @param more conditions that stand in WHERE, for inner joins */
    private Relation join(Join join, List<RexNode> more) {
        List<RexNode> conditions = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
        conditions.addAll(more);
        return joins.plan(JoinPlanner.type(join), conditions, plan(join.getLeft()), plan(join.getRight()));
    }

    private Relation aggregate(Aggregate aggregate) {
        Relation input = whole(aggregate.getInput());
        return GroupingSetsPlanner.appliesTo(aggregate)
                ? groupingSets.plan(aggregate, input)
                : aggregates.plan(aggregate, input);
    }

    private Relation setOperation(SetOp operation) {
        List<Relation> inputs = operation.getInputs().stream().map(this::plan).toList();
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : operation.getRowType().getFieldList()) {
            fields.add(new Field(field.getName(), RelTypes.from(field.getType())));
        }
        Schema schema = new Schema(fields);
        if (operation instanceof Union) {
            Relation all = unionAll(inputs, schema);
            return operation.all ? all : distinct(all);
        }
        SetOperationNode.Kind kind =
                operation instanceof Intersect ? SetOperationNode.Kind.INTERSECT : SetOperationNode.Kind.EXCEPT;
        return setOperations.plan(kind, operation.all, inputs, schema);
    }

    /** All rows of all inputs, cast to the columns of a schema; a column is nullable if it is in any of them. */
    static Relation unionAll(List<Relation> inputs, Schema columnsOf) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columnsOf.size(); i++) {
            int index = i;
            boolean nullable =
                    inputs.stream().anyMatch(input -> input.column(index).nullable());
            fields.add(new Field(columnsOf.field(i).name(), columnsOf.type(i), nullable));
        }
        Schema schema = new Schema(fields);
        List<PlanNode> nodes = new ArrayList<>();
        for (Relation input : inputs) {
            ExpressionConverter converter = converter(input);
            List<Expression> expressions = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                expressions.add(Casts.cast(converter.column(i), schema.type(i)));
            }
            nodes.add(Relation.project(input.node(), expressions, schema));
        }
        PlanNode node = nodes.size() == 1 ? nodes.get(0) : new UnionNode(nodes, schema);
        boolean bounded = inputs.stream().allMatch(Relation::bounded);
        List<LogicalColumn> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            columns.add(new LogicalColumn(field.name(), field.type(), field.nullable(), i, commonMark(inputs, i)));
        }
        return new Relation(node, columns, bounded);
    }

    private static @Nullable Mark commonMark(List<Relation> inputs, int column) {
        Mark first = inputs.get(0).column(column).mark();
        for (Relation input : inputs) {
            Mark mark = input.column(column).mark();
            boolean same = first instanceof Mark.Window a && mark instanceof Mark.Window b
                    ? a.sameWindow(b) && a.part() == b.part()
                    : Objects.equals(first, mark);
            if (!same) {
                return null;
            }
        }
        return first;
    }

    private Relation distinct(Relation input) {
        List<Integer> keys = IntStream.range(0, input.columns().size()).boxed().toList();
        Emit emit = new Emit.Changes(settings.values().duration(PipelineSettings.UPDATING_FLUSH_INTERVAL));
        long ttl = settings.values().duration(PipelineSettings.UPDATING_TTL);
        Schema schema = input.node().schema();
        return input.withNode(new AggregateNode(input.node(), keys, List.of(), Phase.COMPLETE, emit, ttl, schema));
    }

    private static Relation values(Values values) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : values.getRowType().getFieldList()) {
            fields.add(new Field(
                    field.getName(),
                    RelTypes.from(field.getType()),
                    field.getType().isNullable()));
        }
        Schema schema = new Schema(fields);
        ExpressionConverter converter = new ExpressionConverter(index -> {
            throw new IllegalStateException("VALUES have no input");
        });
        List<List<Expression.Literal>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Expression.Literal> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                row.add((Expression.Literal) Casts.cast(converter.convert(tuple.get(i)), schema.type(i)));
            }
            rows.add(row);
        }
        return Relation.of(new ValuesNode(schema, rows), true);
    }

    private Relation sort(Sort sort) {
        Relation input = plan(sort.getInput());
        if (!input.bounded()) {
            throw new LaminarException(
                    ErrorCode.UNBOUNDED_SORT,
                    (sort.getCollation().getFieldCollations().isEmpty() ? "LIMIT" : "ORDER BY")
                            + " needs a result that ends, and a source of this query does not",
                    "keep the first rows of each window: QUALIFY ROW_NUMBER() OVER (PARTITION BY window ORDER BY ...) <= 10,"
                            + " or the first so far, as changes: QUALIFY ROW_NUMBER() OVER (ORDER BY ...) <= 10");
        }
        Relation finite = FinalRows.of(input).compact();
        List<SortKey> order = new ArrayList<>();
        for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
            order.add(AggregatePlanner.sortKey(
                    key, finite.column(key.getFieldIndex()).physical()));
        }
        long offset = sort.offset == null ? 0 : count(sort.offset);
        long limit = sort.fetch == null ? Long.MAX_VALUE : count(sort.fetch);
        return finite.withNode(new SortLimitNode(finite.node(), order, offset, limit));
    }

    private static long count(RexNode node) {
        return Objects.requireNonNull(((RexLiteral) node).getValueAs(BigDecimal.class))
                .longValue();
    }
}
