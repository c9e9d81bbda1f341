package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.function.OverFunction;
import io.laminar.sql.plan.Mark.Part;
import io.laminar.sql.plan.OverPlanner.OverColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.jspecify.annotations.Nullable;

/** Calls with the same partition and order, and over which rows they look. */
final class OverWindow {

    /** What calls have in common. */
    record Key(List<RexNode> partition, List<RexFieldCollation> order) {
        static Key of(RexOver call) {
            return new Key(List.copyOf(call.getWindow().partitionKeys), List.copyOf(call.getWindow().orderKeys));
        }
    }

    /** Over which rows: those of a window, in the order of event time, or all. */
    enum Rows {
        WINDOW,
        EVENT_TIME,
        WHOLE
    }

    /** {@link #ahead} of calls that count rows ahead. */
    static final int AHEAD_BY_ROWS = 2;

    private final List<RexOver> calls;
    private final Key key;
    private final Rows rows;
    private final Mark.@Nullable Window window;

    private OverWindow(List<RexOver> calls, Key key, Rows rows, Mark.@Nullable Window window) {
        this.calls = List.copyOf(calls);
        this.key = key;
        this.rows = rows;
        this.window = window;
    }

    static OverWindow of(List<RexOver> calls, Relation input) {
        Key key = Key.of(calls.get(0));
        Mark.Window window = window(calls.get(0), key, input);
        Rows rows = window != null ? Rows.WINDOW : rows(calls, key, input);
        return new OverWindow(calls, key, rows, window);
    }

    /** The same over all rows of an input that ends. */
    OverWindow whole() {
        return new OverWindow(calls, key, Rows.WHOLE, null);
    }

    List<RexOver> calls() {
        return calls;
    }

    Rows rows() {
        return rows;
    }

    private static Mark.@Nullable Window window(RexOver call, Key key, Relation input) {
        Marks marks = new Marks(input);
        for (RexNode partition : key.partition()) {
            if (marks.of(partition) instanceof Mark.Window window) {
                if (!window.assigned()) {
                    throw OverRefusals.pendingWindow(call, window);
                }
                boolean known = AggregatePlanner.bound(window, Part.START, input) != null
                        && AggregatePlanner.bound(window, Part.END, input) != null;
                if (known && tellsApart(window)) {
                    return window;
                }
            }
        }
        return null;
    }

    private static boolean tellsApart(Mark.Window window) {
        return switch (window.part()) {
            case STRUCT -> true;
            case START -> isFixed(window);
            case END, TIME -> !(window.spec() instanceof WindowSpec.Session);
        };
    }

    private static boolean isFixed(Mark.Window window) {
        return window.spec() instanceof WindowSpec.Tumble
                || window.spec() instanceof WindowSpec.TumbleMonths
                || window.spec() instanceof WindowSpec.Hop;
    }

    private static Rows rows(List<RexOver> calls, Key key, Relation input) {
        boolean needsLast = calls.stream().anyMatch(OverWindow::needsLast);
        boolean byTime = isByTime(key, input);
        if (byTime && !needsLast && !(input.bounded() && leavesAtEnd(input.node()))) {
            return Rows.EVENT_TIME;
        }
        if (input.bounded()) {
            return Rows.WHOLE;
        }
        if (byTime) {
            throw OverRefusals.needsLast(
                    calls.stream().filter(OverWindow::needsLast).findFirst().orElseThrow());
        }
        RexOver call = calls.get(0);
        if (key.order().isEmpty()) {
            throw OverRefusals.noOrder(call);
        }
        Mark mark = new Marks(input).of(key.order().get(0).left);
        throw mark instanceof Mark.ProcessingTime ? OverRefusals.processingTime(call) : OverRefusals.notByTime(call);
    }

    /** Whether the first key puts rows in the order of their event time. */
    private static boolean isByTime(Key key, Relation input) {
        if (key.order().isEmpty() || key.order().get(0).getDirection().isDescending()) {
            return false;
        }
        Mark mark = new Marks(input).of(key.order().get(0).left);
        if (mark instanceof Mark.Window window) {
            boolean follows = window.part() == Part.END || window.part() == Part.TIME;
            return window.assigned() && (follows || (window.part() == Part.START && isFixed(window)));
        }
        return mark instanceof Mark.Rowtime;
    }

    /** Whether rows leave after the last watermark. */
    private static boolean leavesAtEnd(PlanNode node) {
        return node instanceof FinalRowsNode
                || node instanceof SortLimitNode
                || (node instanceof AggregateNode aggregate && aggregate.emit() instanceof Emit.Final)
                || (node instanceof TopNNode top && top.emit() instanceof Emit.Final)
                || (node instanceof DeduplicateNode rows && rows.emit() instanceof Emit.Final)
                || (node instanceof SetOperationNode operation && operation.emit() instanceof Emit.Final)
                || (node instanceof OverNode over && over.extent() instanceof OverExtent.Whole)
                || node.inputs().stream().anyMatch(OverWindow::leavesAtEnd);
    }

    private static boolean needsLast(RexOver call) {
        if (!(call.getAggOperator() instanceof OverFunction function)) {
            return false;
        }
        OverFrame frame = function.details().frame();
        return function.details().function().needsLast() || (frame != null && frame.needsLast());
    }

    /** How calls look ahead while rows stream: 0 not at all, 1 by a distance in time, 2 by a number of rows. */
    int ahead() {
        int most = 0;
        for (RexOver call : calls) {
            OverFrame frame = call.getAggOperator() instanceof OverFunction function
                    ? function.details().frame()
                    : null;
            if (rows == Rows.EVENT_TIME && frame != null && frame.ahead() != null) {
                most = Math.max(most, frame.unit() == OverFrame.Unit.ROWS ? AHEAD_BY_ROWS : 1);
            }
        }
        return most;
    }

    // For the node --------------------------------------------------------------------------------------------------

    /** The keys that rows of a partition share beside their window. */
    List<Integer> partition(Relation input, OverColumns columns) {
        Marks marks = new Marks(input);
        List<Integer> partition = new ArrayList<>();
        for (RexNode node : key.partition()) {
            boolean isWindow = window != null
                    && marks.of(node) instanceof Mark.Window other
                    && other.sameWindow(Objects.requireNonNull(window));
            if (!isWindow) {
                partition.add(columns.add(RelPlanner.converter(input).convert(node), "partition"));
            }
        }
        return partition;
    }

    /** The sort keys; for rows in the order of event time those behind it. */
    List<SortKey> order(Relation input, OverColumns columns) {
        List<SortKey> order = new ArrayList<>();
        for (RexFieldCollation sort :
                key.order().subList(rows == Rows.EVENT_TIME ? 1 : 0, key.order().size())) {
            int column = columns.add(RelPlanner.converter(input).convert(sort.left), "order");
            order.add(AggregatePlanner.sortKey(
                    new RelFieldCollation(column, sort.getDirection(), sort.getNullDirection()), column));
        }
        return order;
    }

    OverExtent extent(Relation input, OverColumns columns) {
        Mark.Window of = window;
        if (of == null) {
            return rows == Rows.EVENT_TIME ? new OverExtent.EventTime() : new OverExtent.Whole();
        }
        Expression start = Objects.requireNonNull(AggregatePlanner.bound(of, Part.START, input));
        Expression end = Objects.requireNonNull(AggregatePlanner.bound(of, Part.END, input));
        return new OverExtent.Window(new WindowSpec.Attached(
                columns.add(start, AggregatePlanner.START), columns.add(end, AggregatePlanner.END)));
    }

    /** The type of what RANGE measures; null if there is not exactly one sort key. */
    @Nullable
    DataType measured(Relation input) {
        if (key.order().size() != 1) {
            return null;
        }
        return rows == Rows.EVENT_TIME
                ? Scalar.TIMESTAMP
                : RelPlanner.converter(input).convert(key.order().get(0).left).type();
    }
}
