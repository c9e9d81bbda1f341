package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.plan.Mark.Part;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Plans a filter on ROW_NUMBER, RANK or DENSE_RANK: the first rows of each window where the rows are in windows and the
 * ranking is by them; one row per key where a ROW_NUMBER of 1 goes by time; otherwise the first of all rows so far.
 */
final class TopNPlanner {
    private static final String RANK = "rank";

    private final PipelineSettings settings;
    private final RankFilter filter;
    private final Relation input;
    private final List<Expression> extra = new ArrayList<>();
    private final List<Field> fields;

    private TopNPlanner(PipelineSettings settings, RankFilter filter, Relation input) {
        this.settings = settings;
        this.filter = filter;
        this.input = input;
        this.fields = new ArrayList<>(input.node().schema().fields());
    }

    /** @param input the rows that are ranked */
    static Relation plan(RankFilter filter, Relation input, PipelineSettings settings) {
        Relation ranked = new TopNPlanner(settings, filter, inWindows(filter, input)).ranked();
        for (RexNode other : filter.rest()) {
            ranked = RelPlanner.filter(RelPlanner.converter(ranked).convert(other), ranked);
        }
        Relation projected = RelPlanner.project(
                filter.projections(), filter.project().getRowType().getFieldNames(), ranked);
        return filter.outer() == null
                ? projected
                : RelPlanner.project(
                        filter.outer().getProjects(),
                        filter.outer().getRowType().getFieldNames(),
                        projected);
    }

    /** The rows that are kept, with their rank behind the columns. */
    private Relation ranked() {
        if (filter.last() < filter.first()) {
            return withRank(RelPlanner.filter(new Expression.Literal(false, Scalar.BOOLEAN), input));
        }
        Mark.Window window = window(filter, input);
        if (window != null && (!window.assigned() || input.node().changelog() == ChangelogMode.APPEND)) {
            return ofWindow(window);
        }
        TimeDomain time = time();
        return time != null ? deduplicated(time) : ofAllRows();
    }

    /** Puts rows that are ranked by their windows into them, if they are not in them yet. */
    private static Relation inWindows(RankFilter filter, Relation input) {
        Mark.Window window = window(filter, input);
        if (window == null || window.assigned()) {
            return input;
        }
        boolean assigns = window.time() == TimeDomain.EVENT
                && !(window.spec() instanceof WindowSpec.Session)
                && input.node().changelog() == ChangelogMode.APPEND;
        return assigns ? WindowJoinPlanner.assign(input, window) : input;
    }

    // Windows -------------------------------------------------------------------------------------------------------

    private static Mark.@Nullable Window window(RankFilter filter, Relation input) {
        Marks marks = new Marks(input);
        for (RexNode key : filter.over().getWindow().partitionKeys) {
            if (marks.of(key) instanceof Mark.Window window) {
                return window;
            }
        }
        return null;
    }

    private Relation ofWindow(Mark.Window window) {
        Marks marks = new Marks(input);
        List<Integer> partition = new ArrayList<>();
        for (RexNode key : filter.over().getWindow().partitionKeys) {
            if (!(marks.of(key) instanceof Mark.Window other) || !window.sameWindow(other)) {
                partition.add(column(key, "partition"));
            }
        }
        Expression start = window.assigned() ? AggregatePlanner.bound(window, Part.START, input) : null;
        Expression end = window.assigned() ? AggregatePlanner.bound(window, Part.END, input) : null;
        if (start == null || end == null) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "a ranking by sessions, by windows of processing time or of rows that change is not supported",
                    window.place(),
                    "GROUP BY the window first, then rank the groups",
                    null);
        }
        WindowSpec.Attached attached =
                new WindowSpec.Attached(column(start, AggregatePlanner.START), column(end, AggregatePlanner.END));
        List<SortKey> order = order();
        PlanNode source = source();
        return ranked(new WindowTopNNode(
                source,
                attached,
                partition,
                order,
                function(),
                filter.first(),
                filter.last(),
                true,
                rankedSchema(source)));
    }

    // One row per key -----------------------------------------------------------------------------------------------

    /** The time a ROW_NUMBER of 1 goes by; null if this is something else. */
    private @Nullable TimeDomain time() {
        boolean single = function() == RankFunction.ROW_NUMBER && filter.last() == 1;
        List<RexFieldCollation> order = filter.over().getWindow().orderKeys;
        if (!single || order.size() != 1 || input.node().changelog() != ChangelogMode.APPEND) {
            return null;
        }
        Mark mark = new Marks(input).of(order.get(0).left);
        if (mark instanceof Mark.Rowtime) {
            return TimeDomain.EVENT;
        }
        return mark instanceof Mark.ProcessingTime ? TimeDomain.PROCESSING : null;
    }

    private Relation deduplicated(TimeDomain time) {
        boolean descending =
                filter.over().getWindow().orderKeys.get(0).getDirection().isDescending();
        List<Integer> keys = partition();
        PlanNode node = new DeduplicateNode(
                source(),
                keys,
                descending ? DeduplicateNode.Keep.LAST : DeduplicateNode.Keep.FIRST,
                time,
                emit(),
                ttl());
        return withRank(input.withNode(node));
    }

    /** Adds a rank to rows that can only have the first. */
    private static Relation withRank(Relation rows) {
        Schema schema = rows.node().schema();
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            expressions.add(input(schema, i));
        }
        expressions.add(new Expression.Literal(1L, Scalar.BIGINT));
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field(RANK, Scalar.BIGINT, false));
        List<LogicalColumn> columns = new ArrayList<>(rows.columns());
        columns.add(new LogicalColumn(RANK, Scalar.BIGINT, false, schema.size(), null));
        PlanNode node = Relation.project(rows.node(), expressions, new Schema(fields));
        return new Relation(node, columns, rows.bounded());
    }

    // All rows so far -----------------------------------------------------------------------------------------------

    private Relation ofAllRows() {
        List<Integer> partition = partition();
        List<SortKey> order = order();
        PlanNode source = source();
        return ranked(new TopNNode(
                source,
                partition,
                order,
                function(),
                filter.first(),
                filter.last(),
                true,
                emit(),
                ttl(),
                rankedSchema(source)));
    }

    private Emit emit() {
        return new Emit.Changes(settings.values().duration(PipelineSettings.UPDATING_FLUSH_INTERVAL));
    }

    private long ttl() {
        return settings.values().duration(PipelineSettings.UPDATING_TTL);
    }

    // Parts ---------------------------------------------------------------------------------------------------------

    private RankFunction function() {
        return RankFunction.valueOf(filter.over().getAggOperator().getName());
    }

    private List<Integer> partition() {
        List<Integer> partition = new ArrayList<>();
        for (RexNode key : filter.over().getWindow().partitionKeys) {
            partition.add(column(key, "partition"));
        }
        return partition;
    }

    private List<SortKey> order() {
        List<SortKey> order = new ArrayList<>();
        for (RexFieldCollation key : filter.over().getWindow().orderKeys) {
            int column = column(key.left, "order");
            RelFieldCollation collation = new RelFieldCollation(column, key.getDirection(), key.getNullDirection());
            order.add(AggregatePlanner.sortKey(collation, column));
        }
        return order;
    }

    private static Schema rankedSchema(PlanNode source) {
        List<Field> ranked = new ArrayList<>(source.schema().fields());
        ranked.add(new Field(RANK, Scalar.BIGINT, false));
        return new Schema(ranked);
    }

    /** The columns of the query, and the last column of a node as the rank. */
    private Relation ranked(PlanNode node) {
        List<LogicalColumn> columns = new ArrayList<>(input.columns());
        columns.add(new LogicalColumn(RANK, Scalar.BIGINT, false, node.schema().size() - 1, null));
        return new Relation(node, columns, input.bounded());
    }

    private int column(RexNode node, String name) {
        Expression expression = RelPlanner.converter(input).convert(node);
        return column(RelPlanner.steady(expression, input), name);
    }

    /** The position of an expression in the rows that are ranked. */
    private int column(Expression expression, String name) {
        if (expression instanceof Expression.Input column) {
            return column.index();
        }
        int known = extra.indexOf(expression);
        if (known >= 0) {
            return input.node().schema().size() + known;
        }
        extra.add(expression);
        fields.add(new Field(name, expression.type(), expression.nullable()));
        return fields.size() - 1;
    }

    private PlanNode source() {
        List<Expression> expressions = new ArrayList<>();
        Schema schema = input.node().schema();
        for (int i = 0; i < schema.size(); i++) {
            expressions.add(input(schema, i));
        }
        expressions.addAll(extra);
        return Relation.project(input.node(), expressions, new Schema(fields));
    }

    private static Expression input(Schema schema, int index) {
        return new Expression.Input(
                index, schema.type(index), schema.field(index).nullable());
    }
}
