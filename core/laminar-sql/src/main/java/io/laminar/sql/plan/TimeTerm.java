package io.laminar.sql.plan;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.function.ConstantOperator;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A sum of event times of the two sides of a join and a constant.
 *
 * @param left how often the left side's event time is in it
 * @param right the same for the right side
 * @param offset microseconds
 */
record TimeTerm(int left, int right, long offset) {

    /** The term that an expression is; null for others. */
    static @Nullable TimeTerm of(RexNode node, JoinSides sides) {
        Long distance = sides.fromEventTime(node);
        if (distance != null) {
            return sides.isLeft(node) ? new TimeTerm(1, 0, distance) : new TimeTerm(0, 1, distance);
        }
        if (!(node instanceof RexCall call)) {
            return null;
        }
        if (call.getOperator() instanceof ConstantOperator constant) {
            return constant.dataType() == Scalar.INTERVAL ? new TimeTerm(0, 0, (Long) constant.value()) : null;
        }
        return call.getOperator() instanceof BuiltInOperator operator
                ? of(operator.operation(), call.getOperands(), sides)
                : null;
    }

    private static @Nullable TimeTerm of(Operation operation, List<RexNode> operands, JoinSides sides) {
        TimeTerm first = of(operands.get(0), sides);
        if (first == null) {
            return null;
        }
        if (operation == Operation.NEGATE) {
            return first.times(-1);
        }
        TimeTerm second =
                operation == Operation.ADD || operation == Operation.SUBTRACT ? of(operands.get(1), sides) : null;
        return second == null ? null : first.plus(operation == Operation.ADD ? second : second.times(-1));
    }

    TimeTerm plus(TimeTerm other) {
        return new TimeTerm(left + other.left, right + other.right, Math.addExact(offset, other.offset));
    }

    TimeTerm times(int factor) {
        return new TimeTerm(left * factor, right * factor, Math.multiplyExact(offset, factor));
    }
}
