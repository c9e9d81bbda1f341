package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAssignNode;
import io.laminar.plan.node.WindowJoinNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.function.WindowOperator;
import io.laminar.sql.plan.Mark.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Plans joins of rows that are in the same window. Rows that are not in one yet are put into theirs. */
final class WindowJoinPlanner {
    private static final long MICROSECOND = 1;

    private WindowJoinPlanner() {}

    /** Null if the sides do not have the bounds of their windows. */
    static @Nullable Relation plan(
            JoinType type, List<RexNode> conditions, WindowEquality windows, Relation left, Relation right) {
        refuseOtherTime(windows.left());
        refuseChanges(windows, left, right);
        Relation leftRows = assigned(left, windows.left());
        Relation rightRows = assigned(right, windows.right());
        JoinSides sides = new JoinSides(leftRows, rightRows);
        WindowSpec.Attached leftWindow = attached(windows.left().assign(), leftRows, sides::leftColumn);
        WindowSpec.Attached rightWindow = attached(windows.right().assign(), rightRows, sides::rightColumn);
        if (leftWindow == null || rightWindow == null) {
            return null;
        }
        List<RexNode> rest = sides.addKeys(conditions);
        if (sides.keys().isEmpty()) {
            // Rows of different windows need not come to one place.
            sides.addKey(leftWindow.startColumn(), rightWindow.startColumn());
        }
        PlanNode node = new WindowJoinNode(sides.parts(type, rest), leftWindow, rightWindow);
        return sides.result(
                node,
                type,
                kept(windows.left().assign(), node, true, type.keepsRight(), type),
                kept(windows.right().assign(), node, false, type.keepsLeft(), type));
    }

    private static void refuseOtherTime(Mark.Window window) {
        if (window.time() == TimeDomain.PROCESSING) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    "windows of processing time cannot be joined: which rows meet would change from run to run",
                    window.place(),
                    "use windows of event time",
                    null);
        }
    }

    private static void refuseChanges(WindowEquality windows, Relation left, Relation right) {
        boolean changes =
                left.node().changelog() != ChangelogMode.APPEND || right.node().changelog() != ChangelogMode.APPEND;
        if (changes) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    "rows that change cannot be joined by window",
                    windows.left().place(),
                    "group by the window first: its results are final when it closes",
                    null);
        }
    }

    private static WindowSpec.@Nullable Attached attached(
            Mark.Window window, Relation rows, java.util.function.ToIntFunction<Expression> column) {
        Expression start = AggregatePlanner.bound(window, Part.START, rows);
        Expression end = AggregatePlanner.bound(window, Part.END, rows);
        return start == null || end == null
                ? null
                : new WindowSpec.Attached(column.applyAsInt(start), column.applyAsInt(end));
    }

    /** Of the meaning in time the window is left, as far as its columns are not NULL. */
    private static UnaryOperator<@Nullable Mark> kept(
            Mark.Window window, PlanNode join, boolean left, boolean mayMiss, JoinType type) {
        return mark -> {
            if (!(mark instanceof Mark.Window other) || !other.sameWindow(window)) {
                return null;
            }
            return !mayMiss ? mark : type == JoinType.FULL ? new Mark.HalfWindow(other, join, left) : null;
        };
    }

    // Rows that are in no window yet
    // ------------------------------------------------------------------------------------

    private static Relation assigned(Relation input, Mark.Window window) {
        return window.assigned() ? input : assign(input, window);
    }

    /** The rows of an input in their windows, each as often as there are windows it is in. */
    static Relation assign(Relation input, Mark.Window window) {
        if (window.spec() instanceof WindowSpec.Session) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    "a session is only known once its rows are grouped",
                    window.place(),
                    "group both sides by the session first, then join the groups",
                    null);
        }
        List<Field> fields = new ArrayList<>(input.node().schema().fields());
        fields.add(new Field(AggregatePlanner.START, Scalar.TIMESTAMP, false));
        fields.add(new Field(AggregatePlanner.END, Scalar.TIMESTAMP, false));
        PlanNode node = new WindowAssignNode(input.node(), window.spec(), new Schema(fields));
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            expressions.add(new Expression.Input(i, field.type(), field.nullable()));
        }
        List<LogicalColumn> columns = new ArrayList<>();
        for (LogicalColumn column : input.columns()) {
            Mark.Window mark = column.window();
            if (!column.isPending() || mark == null || !mark.sameWindow(window)) {
                columns.add(column);
                continue;
            }
            Expression value = part(mark.part(), expressions, fields.size());
            int position = expressions.indexOf(value);
            if (position < 0) {
                position = expressions.size();
                expressions.add(value);
                fields.add(new Field(column.name(), value.type(), false));
            }
            columns.add(new LogicalColumn(column.name(), value.type(), false, position, mark.assign()));
        }
        return new Relation(Relation.project(node, expressions, new Schema(fields)), columns, input.bounded());
    }

    /** @param width of the rows with start and end of their window, which come last */
    private static Expression part(Part part, List<Expression> columns, int width) {
        Expression start = columns.get(width - 2);
        Expression end = columns.get(width - 1);
        return switch (part) {
            case START -> start;
            case END -> end;
            case TIME ->
                ExpressionConverter.operation(
                        Operation.SUBTRACT, List.of(end, new Expression.Literal(MICROSECOND, Scalar.INTERVAL)));
            case STRUCT -> new Expression.Call(Operation.STRUCT, List.of(start, end), WindowOperator.TYPE, false);
        };
    }

    /** A window that no condition of the join compares. */
    static void refusePending(Relation side) {
        for (LogicalColumn column : side.columns()) {
            if (column.isPending()) {
                Mark.Window window = Objects.requireNonNull(column.window());
                throw new LaminarException(
                        ErrorCode.MISPLACED_WINDOW,
                        "the rows of this join are put into windows by " + window.function()
                                + ", but its condition does not say that both rows are in the same window",
                        window.place(),
                        "JOIN ... ON l.window_start = r.window_start AND l.window_end = r.window_end AND ...",
                        null);
            }
        }
    }
}
