package io.laminar.sql.plan;

import io.laminar.plan.expression.Operation;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.function.MatchOperator;
import io.laminar.sql.function.SystemTimeOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Questions to the terms of a join's condition. */
final class JoinConditions {

    private JoinConditions() {}

    /** Whether a join chooses one right row among all by time: then conditions in WHERE come after the choice. */
    static boolean choosesRows(Join join) {
        return RelOptUtil.conjunctions(join.getCondition()).stream()
                .anyMatch(term -> term instanceof RexCall call
                        && (call.getOperator() instanceof MatchOperator
                                || call.getOperator() instanceof SystemTimeOperator));
    }

    /** The operation of a call, also where Calcite made it itself, for USING; null for other calls. */
    static @Nullable Operation operation(RexCall call) {
        if (call.getOperator() instanceof BuiltInOperator operator) {
            return operator.operation();
        }
        return call.getKind() == SqlKind.EQUALS
                ? Operation.EQUAL
                : call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM ? Operation.NOT_DISTINCT : null;
    }
}
