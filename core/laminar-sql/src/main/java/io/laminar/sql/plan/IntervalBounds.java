package io.laminar.sql.plan;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.function.BuiltInOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * How much later than its left row a right row may be, as the conditions of a join say it.
 *
 * @param lower microseconds, negative for earlier
 * @param upper microseconds, not below {@code lower}
 * @param rest the conditions that say something else
 */
record IntervalBounds(long lower, long upper, List<RexNode> rest) {

    /** Null if there is no bound, or none in one direction: then rows match without end. */
    static @Nullable IntervalBounds of(List<RexNode> conditions, JoinSides sides) {
        long lower = Long.MIN_VALUE;
        long upper = Long.MAX_VALUE;
        List<RexNode> rest = new ArrayList<>();
        for (RexNode condition : conditions) {
            IntervalBounds bounds = bounds(condition, sides);
            if (bounds == null) {
                rest.add(condition);
                continue;
            }
            lower = Math.max(lower, bounds.lower);
            upper = Math.min(upper, bounds.upper);
        }
        if (lower == Long.MIN_VALUE || upper == Long.MAX_VALUE) {
            return null;
        }
        if (lower > upper) {
            throw new LaminarException(
                    ErrorCode.INVALID_QUERY,
                    "no two rows can meet the time bounds of this join: they leave no time between them");
        }
        return new IntervalBounds(lower, upper, rest);
    }

    private static @Nullable IntervalBounds bounds(RexNode condition, JoinSides sides) {
        if (!(condition instanceof RexCall call)
                || !(call.getOperator() instanceof BuiltInOperator operator)
                || call.getOperands().size() != 2) {
            return null;
        }
        TimeTerm first = TimeTerm.of(call.getOperands().get(0), sides);
        TimeTerm second = first == null ? null : TimeTerm.of(call.getOperands().get(1), sides);
        if (first == null || second == null) {
            return null;
        }
        TimeTerm difference = first.plus(second.times(-1));
        if (difference.right() == 1 && difference.left() == -1) {
            return bounds(operator.operation(), -difference.offset());
        }
        return difference.right() == -1 && difference.left() == 1
                ? bounds(mirrored(operator.operation()), difference.offset())
                : null;
    }

    /** What {@code right - left OP distance} says. */
    private static @Nullable IntervalBounds bounds(Operation operation, long distance) {
        return switch (operation) {
            case LESS -> new IntervalBounds(Long.MIN_VALUE, distance - 1, List.of());
            case LESS_OR_EQUAL -> new IntervalBounds(Long.MIN_VALUE, distance, List.of());
            case GREATER -> new IntervalBounds(distance + 1, Long.MAX_VALUE, List.of());
            case GREATER_OR_EQUAL -> new IntervalBounds(distance, Long.MAX_VALUE, List.of());
            case EQUAL -> new IntervalBounds(distance, distance, List.of());
            default -> null;
        };
    }

    static Operation mirrored(Operation operation) {
        return switch (operation) {
            case LESS -> Operation.GREATER;
            case LESS_OR_EQUAL -> Operation.GREATER_OR_EQUAL;
            case GREATER -> Operation.LESS;
            case GREATER_OR_EQUAL -> Operation.LESS_OR_EQUAL;
            default -> operation;
        };
    }
}
