package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.plan.Mark.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The two sides of a join while it is planned. Row expressions refer to the columns of the left side and behind them
 * those of the right one. Keys that are no columns are computed below the join.
 */
final class JoinSides {
    private final Relation left;
    private final Relation right;
    private final Side leftSide;
    private final Side rightSide;
    private final List<JoinKey> keys = new ArrayList<>();

    JoinSides(Relation left, Relation right) {
        this.left = left;
        this.right = right;
        this.leftSide = new Side(left);
        this.rightSide = new Side(right);
    }

    Relation left() {
        return left;
    }

    Relation right() {
        return right;
    }

    // Whose -----------------------------------------------------------------------------------------------------------

    /** Whether an expression reads columns of the left side and no others. */
    boolean isLeft(RexNode node) {
        ImmutableBitSet columns = RelOptUtil.InputFinder.bits(node);
        return !columns.isEmpty() && columns.length() <= width();
    }

    /** Whether an expression reads columns of the right side and no others. */
    boolean isRight(RexNode node) {
        ImmutableBitSet columns = RelOptUtil.InputFinder.bits(node);
        return !columns.isEmpty() && columns.nextSetBit(0) >= width();
    }

    private int width() {
        return left.columns().size();
    }

    /** An expression of the right side over the columns of the right side alone. */
    private RexNode shifted(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return new RexInputRef(reference.getIndex() - width(), reference.getType());
            }
        });
    }

    /** What an expression of one side means in time. */
    @Nullable
    Mark mark(RexNode node) {
        return isLeft(node) ? new Marks(left).of(node) : isRight(node) ? new Marks(right).of(shifted(node)) : null;
    }

    /** Whether an expression is the event time of the rows of one side. */
    boolean isEventTime(RexNode node) {
        Long distance = fromEventTime(node);
        return distance != null && distance == 0;
    }

    /** How many microseconds an expression is later than the event time of its side's rows; null if that varies. */
    @Nullable
    Long fromEventTime(RexNode node) {
        Mark mark = mark(node);
        if (mark instanceof Mark.Rowtime) {
            return 0L;
        }
        if (!(mark instanceof Mark.Window window) || !window.assigned() || window.time() != TimeDomain.EVENT) {
            return null;
        }
        // Rows of a window have its end less one microsecond as event time.
        return window.part() == Part.TIME ? Long.valueOf(0) : window.part() == Part.END ? Long.valueOf(1) : null;
    }

    // Keys ------------------------------------------------------------------------------------------------------------

    /** An equality of something of the left side with something of the right side. */
    record Equality(RexNode left, RexNode right, boolean nullSafe) {}

    /** The equality that a condition is; null for others. */
    @Nullable
    Equality equality(RexNode condition) {
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
            return null;
        }
        Operation operation = JoinConditions.operation(call);
        if (operation != Operation.EQUAL && operation != Operation.NOT_DISTINCT) {
            return null;
        }
        RexNode first = call.getOperands().get(0);
        RexNode second = call.getOperands().get(1);
        boolean nullSafe = operation == Operation.NOT_DISTINCT;
        if (isLeft(first) && isRight(second)) {
            return new Equality(first, second, nullSafe);
        }
        return isRight(first) && isLeft(second) ? new Equality(second, first, nullSafe) : null;
    }

    /** Makes a condition a key of the join, if it is an equality of both sides. */
    boolean addKey(RexNode condition) {
        Equality equality = equality(condition);
        if (equality == null) {
            return false;
        }
        Expression.Call compared = (Expression.Call)
                ExpressionConverter.operation(Operation.EQUAL, List.of(left(equality.left()), right(equality.right())));
        if (Expressions.isVolatile(compared)) {
            return false;
        }
        keys.add(new JoinKey(
                leftSide.column(compared.arguments().get(0)),
                rightSide.column(compared.arguments().get(1)),
                equality.nullSafe()));
        return true;
    }

    /** Makes a key of two columns of what is joined, whose values are equal in any two rows that match. */
    void addKey(int leftColumn, int rightColumn) {
        keys.add(new JoinKey(leftColumn, rightColumn, false));
    }

    /** Makes keys of all conditions that can be, and gives back the others. */
    List<RexNode> addKeys(List<RexNode> conditions) {
        return conditions.stream().filter(condition -> !addKey(condition)).toList();
    }

    List<JoinKey> keys() {
        return List.copyOf(keys);
    }

    /** An expression of the left side, over its node. */
    private Expression left(RexNode node) {
        return RelPlanner.converter(left).convert(node);
    }

    /** An expression of the right side, over its node. */
    Expression right(RexNode node) {
        return RelPlanner.converter(right).convert(shifted(node));
    }

    /** The position of an expression over the left node among the columns that are joined. */
    int leftColumn(Expression expression) {
        return leftSide.column(expression);
    }

    /** The same for the right side. */
    int rightColumn(Expression expression) {
        return rightSide.column(expression);
    }

    // Result ----------------------------------------------------------------------------------------------------------

    /** The join of what both sides are now, with the conditions that are no keys. */
    JoinParts parts(JoinType type, List<RexNode> conditions) {
        PlanNode leftNode = leftSide.node();
        PlanNode rightNode = rightSide.node();
        int offset = leftNode.schema().size();
        ExpressionConverter converter = new ExpressionConverter(index -> index < width()
                ? RelPlanner.converter(left).column(index)
                : Expressions.moveInputs(
                        RelPlanner.converter(right).column(index - width()), column -> column + offset));
        Expression condition = null;
        for (RexNode term : conditions) {
            condition = Expressions.and(condition, converter.convert(term));
        }
        List<Integer> outputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        addOutputs(left, 0, type.keepsRight(), outputs, fields);
        if (type.pairs()) {
            addOutputs(right, offset, type.keepsLeft(), outputs, fields);
        }
        return new JoinParts(leftNode, rightNode, type, keys, condition, outputs, new Schema(fields));
    }

    private static void addOutputs(
            Relation side, int offset, boolean mayMiss, List<Integer> outputs, List<Field> fields) {
        for (LogicalColumn column : side.columns()) {
            if (!column.isPending()) {
                outputs.add(offset + column.physical());
                fields.add(new Field(column.name(), column.type(), column.nullable() || mayMiss));
            }
        }
    }

    /**
     * The result as the query sees it.
     *
     * @param node a join made of {@link #parts}
     * @param leftMarks what is left of the meaning in time of columns of the left side
     * @param rightMarks the same for the right side
     */
    Relation result(
            PlanNode node,
            JoinType type,
            UnaryOperator<@Nullable Mark> leftMarks,
            UnaryOperator<@Nullable Mark> rightMarks) {
        List<LogicalColumn> columns = new ArrayList<>();
        addColumns(left, leftMarks, node.schema(), columns);
        if (type.pairs()) {
            addColumns(right, rightMarks, node.schema(), columns);
        }
        return new Relation(node, columns, left.bounded() && right.bounded());
    }

    private static void addColumns(
            Relation side, UnaryOperator<@Nullable Mark> marks, Schema schema, List<LogicalColumn> columns) {
        for (LogicalColumn column : side.columns()) {
            if (column.isPending()) {
                columns.add(column);
                continue;
            }
            int position = (int) columns.stream().filter(c -> !c.isPending()).count();
            boolean nullable = schema.field(position).nullable();
            columns.add(
                    new LogicalColumn(column.name(), column.type(), nullable, position, marks.apply(column.mark())));
        }
    }

    /** The columns of one side that are joined: those of its node, and what is computed for the join. */
    private static final class Side {
        private final Relation relation;
        private final List<Expression> expressions = new ArrayList<>();
        private final List<Field> fields = new ArrayList<>();

        Side(Relation relation) {
            this.relation = relation;
            Schema schema = relation.node().schema();
            for (int i = 0; i < schema.size(); i++) {
                Field field = schema.field(i);
                expressions.add(new Expression.Input(i, field.type(), field.nullable()));
                fields.add(field);
            }
        }

        int column(Expression expression) {
            if (expression instanceof Expression.Input input) {
                return input.index();
            }
            int known = expressions.indexOf(expression);
            if (known >= 0) {
                return known;
            }
            expressions.add(expression);
            fields.add(new Field("key" + expressions.size(), expression.type(), expression.nullable()));
            return expressions.size() - 1;
        }

        PlanNode node() {
            return Relation.project(relation.node(), expressions, new Schema(fields));
        }
    }
}
