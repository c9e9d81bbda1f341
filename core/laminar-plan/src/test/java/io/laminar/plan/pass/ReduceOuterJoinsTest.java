package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReduceOuterJoinsTest {
    private static final Expression LEFT = new Expression.Input(1, Scalar.BIGINT, true);
    private static final Expression RIGHT = new Expression.Input(3, Scalar.BIGINT, true);

    private static JoinType reduced(JoinType type, Expression condition) {
        StreamPlan plan = new ReduceOuterJoins().apply(Plans.into(Plans.filter(Plans.join(type, null), condition)));
        return ((JoinNode) plan.sinks().get(0).input().inputs().get(0)).type();
    }

    private static Expression call(Operation operation, Expression... arguments) {
        return new Expression.Call(operation, List.of(arguments), Scalar.BOOLEAN, true);
    }

    @Test
    void aConditionThatNoRowFilledUpMeets() {
        Expression right = Plans.greater(RIGHT, 5);
        assertEquals(JoinType.INNER, reduced(JoinType.LEFT, right));
        assertEquals(JoinType.RIGHT, reduced(JoinType.FULL, right));
        assertEquals(JoinType.RIGHT, reduced(JoinType.RIGHT, right));
        Expression left = Plans.greater(LEFT, 5);
        assertEquals(JoinType.LEFT, reduced(JoinType.LEFT, left));
        assertEquals(JoinType.LEFT, reduced(JoinType.FULL, left));
        assertEquals(JoinType.INNER, reduced(JoinType.RIGHT, left));
        assertEquals(JoinType.INNER, reduced(JoinType.FULL, call(Operation.EQUAL, LEFT, RIGHT)));
    }

    @Test
    void conditionsOfConditions() {
        Expression right = Plans.greater(RIGHT, 5);
        Expression left = Plans.greater(LEFT, 5);
        assertEquals(JoinType.INNER, reduced(JoinType.LEFT, call(Operation.AND, left, right)));
        assertEquals(JoinType.LEFT, reduced(JoinType.LEFT, call(Operation.OR, left, right)));
        assertEquals(JoinType.INNER, reduced(JoinType.LEFT, call(Operation.IS_NOT_NULL, RIGHT)));
        assertEquals(JoinType.LEFT, reduced(JoinType.LEFT, call(Operation.IS_NULL, RIGHT)));
        assertEquals(JoinType.INNER, reduced(JoinType.LEFT, call(Operation.NOT, right)));
        assertEquals(JoinType.LEFT, reduced(JoinType.LEFT, call(Operation.IS_NOT_TRUE, right)));
        Expression some = new Expression.Call(Operation.COALESCE, List.of(RIGHT, LEFT), Scalar.BIGINT, true);
        assertEquals(JoinType.LEFT, reduced(JoinType.LEFT, Plans.greater(some, 5)));
    }

    @Test
    void aJoinThatOthersReadStays() {
        PlanNode join = Plans.join(JoinType.LEFT, null);
        StreamPlan plan = Plans.into(Plans.filter(join, Plans.greater(RIGHT, 5)), join);
        assertEquals(plan, new ReduceOuterJoins().apply(plan));
    }
}
