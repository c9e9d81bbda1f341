package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimplifyExpressionsTest {
    private static PlanNode simplified(Expression condition) {
        return new SimplifyExpressions()
                .apply(Plans.into(Plans.filter(Plans.events(), condition)))
                .sinks()
                .get(0)
                .input();
    }

    @Test
    void aConditionThatIsAlwaysTrueGoes() {
        assertEquals(Plans.filter(Plans.events(), null), simplified(new Literal(true, Scalar.BOOLEAN)));
    }

    @Test
    void theInputOfAConditionThatIsNeverTrueIsNotRead() {
        PlanNode nothing = new ValuesNode(Plans.EVENTS, List.of());
        assertEquals(nothing, simplified(new Literal(false, Scalar.BOOLEAN)));
        assertEquals(nothing, simplified(new Literal(null, Scalar.BOOLEAN)));
    }
}
