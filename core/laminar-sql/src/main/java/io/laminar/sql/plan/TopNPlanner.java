package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.WindowSpec;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.plan.Mark.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** Plans a filter on ROW_NUMBER, RANK or DENSE_RANK over the rows of windows: the first rows of each. */
final class TopNPlanner {
    private final Relation input;
    private final List<Expression> extra = new ArrayList<>();
    private final List<Field> fields;

    private TopNPlanner(Relation input) {
        this.input = input;
        this.fields = new ArrayList<>(input.node().schema().fields());
    }

    static Relation plan(Filter filter, Project project, Relation input) {
        RexOver over = ranking(project);
        int rank = input.columns().size();
        RankReference reference = new RankReference(new RexInputRef(rank, over.getType()));
        RexNode condition =
                RelOptUtil.pushPastProject(filter.getCondition(), project).accept(reference);
        Bounds bounds = Bounds.of(condition, rank);
        Relation ranked = new TopNPlanner(input).rank(over, bounds);
        for (RexNode other : bounds.rest) {
            ranked = RelPlanner.filter(RelPlanner.converter(ranked).convert(other), ranked);
        }
        List<RexNode> nodes = project.getProjects().stream()
                .map(node -> node.accept(reference))
                .toList();
        return RelPlanner.project(nodes, project.getRowType().getFieldNames(), ranked);
    }

    /** The one ranking of a query. */
    private static RexOver ranking(Project project) {
        Set<RexOver> found = new LinkedHashSet<>();
        RexVisitorImpl<Void> finder = new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitOver(RexOver over) {
                found.add(over);
                return null;
            }
        };
        project.getProjects().forEach(node -> node.accept(finder));
        if (found.size() > 1) {
            throw unsupported("several rankings in one SELECT", "rank in one query around another");
        }
        return found.iterator().next();
    }

    /** Puts the column with the rank in the place of the ranking. */
    private static final class RankReference extends RexShuttle {
        private final RexInputRef column;

        RankReference(RexInputRef column) {
            this.column = column;
        }

        @Override
        public RexNode visitOver(RexOver over) {
            return column;
        }
    }

    private Relation rank(RexOver over, Bounds bounds) {
        Mark.Window window = null;
        List<Integer> partition = new ArrayList<>();
        Marks marks = new Marks(input);
        for (RexNode key : over.getWindow().partitionKeys) {
            Mark mark = marks.of(key);
            if (mark instanceof Mark.Window found && (window == null || window.sameWindow(found))) {
                window = found;
            } else {
                partition.add(column(key, "partition"));
            }
        }
        if (window == null) {
            throw unsupported(
                    "a Top-N over all rows so far",
                    "rank the rows of a window: PARTITION BY window, with GROUP BY window below");
        }
        Expression start = window.assigned() ? AggregatePlanner.bound(window, Part.START, input) : null;
        Expression end = window.assigned() ? AggregatePlanner.bound(window, Part.END, input) : null;
        if (start == null || end == null) {
            throw unsupported(
                    "a Top-N over rows that are not yet in windows", "GROUP BY the window first, then rank the groups");
        }
        WindowSpec.Attached attached =
                new WindowSpec.Attached(column(start, AggregatePlanner.START), column(end, AggregatePlanner.END));
        List<SortKey> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            int column = column(key.left, "order");
            RelFieldCollation collation = new RelFieldCollation(column, key.getDirection(), key.getNullDirection());
            order.add(AggregatePlanner.sortKey(collation, column));
        }
        RankFunction function = RankFunction.valueOf(over.getAggOperator().getName());
        PlanNode source = source();
        List<Field> ranked = new ArrayList<>(source.schema().fields());
        ranked.add(new Field("rank", Scalar.BIGINT, false));
        PlanNode node = new WindowTopNNode(
                source, attached, partition, order, function, bounds.first, bounds.last, true, new Schema(ranked));
        List<LogicalColumn> columns = new ArrayList<>(input.columns());
        columns.add(new LogicalColumn("rank", Scalar.BIGINT, false, ranked.size() - 1, null));
        return new Relation(node, columns, input.bounded());
    }

    private int column(RexNode node, String name) {
        return column(RelPlanner.converter(input).convert(node), name);
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
            expressions.add(
                    new Expression.Input(i, schema.type(i), schema.field(i).nullable()));
        }
        expressions.addAll(extra);
        return Relation.project(input.node(), expressions, new Schema(fields));
    }

    private static LaminarException unsupported(String what, String hint) {
        return new LaminarException(ErrorCode.UNSUPPORTED_SQL, what + " is not planned yet", hint);
    }

    /** Which ranks a condition keeps, and what else it asks. */
    private static final class Bounds {
        private long first = 1;
        private long last = Long.MAX_VALUE;
        private final List<RexNode> rest = new ArrayList<>();

        static Bounds of(RexNode condition, int rank) {
            Bounds bounds = new Bounds();
            for (RexNode part : RelOptUtil.conjunctions(condition)) {
                if (!bounds.take(part, rank)) {
                    bounds.rest.add(part);
                }
            }
            if (bounds.last == Long.MAX_VALUE) {
                throw unsupported("a ranking that keeps all rows", "keep the first ones: ... <= 10");
            }
            return bounds;
        }

        private boolean take(RexNode part, int rank) {
            if (!(part instanceof RexCall call) || !(call.getOperator() instanceof BuiltInOperator operator)) {
                return false;
            }
            if (call.getOperands().size() != 2) {
                return false;
            }
            RexNode left = call.getOperands().get(0);
            RexNode right = call.getOperands().get(1);
            if (isRank(left, rank) && integer(right) != null) {
                return limit(operator.operation(), java.util.Objects.requireNonNull(integer(right)));
            }
            return isRank(right, rank)
                    && integer(left) != null
                    && limit(mirrored(operator.operation()), java.util.Objects.requireNonNull(integer(left)));
        }

        private static boolean isRank(RexNode node, int rank) {
            return node instanceof RexInputRef reference && reference.getIndex() == rank;
        }

        private static @Nullable Long integer(RexNode node) {
            if (!(node instanceof RexLiteral literal) || literal.isNull()) {
                return null;
            }
            BigDecimal number = literal.getValueAs(BigDecimal.class);
            return number == null || number.stripTrailingZeros().scale() > 0 ? null : number.longValue();
        }

        private static Operation mirrored(Operation operation) {
            return switch (operation) {
                case LESS -> Operation.GREATER;
                case LESS_OR_EQUAL -> Operation.GREATER_OR_EQUAL;
                case GREATER -> Operation.LESS;
                case GREATER_OR_EQUAL -> Operation.LESS_OR_EQUAL;
                default -> operation;
            };
        }

        private boolean limit(Operation operation, long value) {
            switch (operation) {
                case LESS -> last = Math.min(last, value - 1);
                case LESS_OR_EQUAL -> last = Math.min(last, value);
                case GREATER -> first = Math.max(first, value + 1);
                case GREATER_OR_EQUAL -> first = Math.max(first, value);
                case EQUAL -> {
                    first = Math.max(first, value);
                    last = Math.min(last, value);
                }
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
