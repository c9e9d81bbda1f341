package io.laminar.sql.plan;

import io.laminar.plan.expression.Operation;
import io.laminar.sql.function.BuiltInOperator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Questions to the terms of a join's condition. */
final class JoinConditions {

    private JoinConditions() {}

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
