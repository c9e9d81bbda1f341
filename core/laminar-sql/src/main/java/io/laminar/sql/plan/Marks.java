package io.laminar.sql.plan;

import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.TimeDomain;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.function.MemberOperator;
import io.laminar.sql.function.ProcessingTimeOperator;
import io.laminar.sql.function.RowTimeOperator;
import io.laminar.sql.function.WindowOperator;
import io.laminar.sql.function.WindowTimeOperator;
import io.laminar.sql.plan.Mark.Part;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Follows event time and windows through expressions. */
final class Marks {
    private final Relation input;

    Marks(Relation input) {
        this.input = input;
    }

    /** What the value of an expression means in time; null if nothing. */
    @Nullable
    Mark of(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return input.column(reference.getIndex()).mark();
        }
        if (node instanceof RexFieldAccess access) {
            return part(of(access.getReferenceExpr()), access.getField().getIndex());
        }
        if (!(node instanceof RexCall call)) {
            return null;
        }
        if (call.getOperator() instanceof RowTimeOperator) {
            return new Mark.Rowtime();
        }
        if (call.getOperator() instanceof ProcessingTimeOperator) {
            return new Mark.ProcessingTime();
        }
        if (call.getOperator() instanceof WindowOperator window) {
            return new Mark.Window(
                    window.function(), window.spec(), domain(window, call), Part.STRUCT, false, window.place());
        }
        if (call.getOperator() instanceof MemberOperator member) {
            return part(of(call.getOperands().get(0)), member.index(WindowOperator.TYPE));
        }
        if (call.getOperator() instanceof WindowTimeOperator) {
            return of(call.getOperands().get(0)) instanceof Mark.Window window ? window.part(Part.TIME) : null;
        }
        return call.getOperator() instanceof BuiltInOperator operator && operator.operation() == Operation.COALESCE
                ? whole(call.getOperands())
                : null;
    }

    /** The window that is in at least one of some columns. */
    private @Nullable Mark whole(List<RexNode> columns) {
        Mark first = of(columns.get(0));
        if (!(first instanceof Mark.HalfWindow half)) {
            return first instanceof Mark.Window ? first : null;
        }
        for (RexNode column : columns.subList(1, columns.size())) {
            boolean otherHalf = of(column) instanceof Mark.HalfWindow other
                    && other.join().equals(half.join())
                    && other.left() != half.left()
                    && other.window().part() == half.window().part();
            if (otherHalf) {
                return half.window();
            }
        }
        return null;
    }

    private static @Nullable Mark part(@Nullable Mark struct, int member) {
        if (struct instanceof Mark.HalfWindow half) {
            return part(half.window(), member) instanceof Mark.Window window
                    ? new Mark.HalfWindow(window, half.join(), half.left())
                    : null;
        }
        return struct instanceof Mark.Window window && window.part() == Part.STRUCT && member >= 0
                ? window.part(member == 0 ? Part.START : Part.END)
                : null;
    }

    private TimeDomain domain(WindowOperator window, RexCall call) {
        if (call.getOperands().isEmpty()) {
            return TimeDomain.EVENT;
        }
        RexNode time = call.getOperands().get(0);
        Mark mark = of(time);
        if (mark instanceof Mark.ProcessingTime) {
            return TimeDomain.PROCESSING;
        }
        boolean eventTime = mark instanceof Mark.Rowtime
                || (mark instanceof Mark.Window end && end.part() == Part.TIME && end.assigned());
        if (!eventTime) {
            String name = time instanceof RexInputRef reference
                    ? "'" + input.column(reference.getIndex()).name() + "'"
                    : "the first argument of " + window.function();
            throw new LaminarException(
                    ErrorCode.NO_EVENT_TIME,
                    name + " is not the event time of these rows, so no watermark can close windows over it",
                    window.place(),
                    "declare WATERMARK FOR on the column in CREATE TABLE, or write " + window.function()
                            + " without a time column to use the rows' own event time",
                    null);
        }
        return TimeDomain.EVENT;
    }
}
