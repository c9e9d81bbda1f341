package io.laminar.sql.subquery;

import io.laminar.plan.expression.Operation;
import io.laminar.sql.function.BuiltInOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A predicate that ties a value of the query inside to one of the row around.
 *
 * @param operation EQUAL or NOT_DISTINCT
 */
record Equality(Operation operation, RexNode outer, RexNode inner) {

    /** The predicate as an equality; null if it is another one. */
    static @Nullable Equality of(RexNode predicate, Outer outer) {
        if (!(predicate instanceof RexCall call)
                || !(call.getOperator() instanceof BuiltInOperator operator)
                || (operator.operation() != Operation.EQUAL && operator.operation() != Operation.NOT_DISTINCT)) {
            return null;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (isOuter(left, outer) && !outer.isUsedBy(right)) {
            return new Equality(operator.operation(), left, right);
        }
        return isOuter(right, outer) && !outer.isUsedBy(left) ? new Equality(operator.operation(), right, left) : null;
    }

    /** Whether an expression depends on the row around and on nothing else. */
    static boolean isOuter(RexNode expression, Outer outer) {
        return outer.isUsedBy(expression)
                && RelOptUtil.InputFinder.bits(expression).isEmpty();
    }
}
