package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.ConstantEvaluation;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
    private static final Expression ONE = new Literal(1L, Scalar.BIGINT);
    private static final Expression NOTHING = new Literal(0L, Scalar.BIGINT);

    private final List<List<Expression>> asked = new ArrayList<>();

    /** Adds and nothing else. */
    private final ConstantEvaluation additions = constants -> {
        asked.add(constants);
        Map<Expression, Literal> values = new HashMap<>();
        for (Expression constant : constants) {
            if (constant instanceof Call call && call.operation() == Operation.ADD) {
                long sum = call.arguments().stream()
                        .mapToLong(a -> (Long) java.util.Objects.requireNonNull(((Literal) a).value()))
                        .sum();
                values.put(constant, new Literal(sum, Scalar.BIGINT));
            }
        }
        return values;
    };

    private String folded(Expression expression) {
        StreamPlan plan = Plans.into(Plans.project(Plans.events(), Map.of("x", expression), List.of("x")));
        StreamPlan folded = new FoldConstants(additions).apply(plan);
        return ((FilterProjectNode) folded.sinks().get(0).input())
                .projections()
                .get(0)
                .toString();
    }

    private static Expression number(Operation operation, Expression... arguments) {
        return new Call(operation, List.of(arguments), Scalar.BIGINT, false);
    }

    @Test
    void theLargestConstantPartIsComputed() {
        Expression sum = number(Operation.ADD, ONE, ONE);
        Expression price = Plans.input(Plans.EVENTS, "price");
        assertEquals("($4 * 2)", folded(number(Operation.MULTIPLY, price, sum)));
        assertEquals(List.of(List.of(sum)), asked);
    }

    @Test
    void whatFailsStays() {
        assertEquals("(1 / 0)", folded(number(Operation.DIVIDE, ONE, NOTHING)));
    }

    @Test
    void arraysAreLeftToTheJob() {
        Expression array = new Call(Operation.ARRAY, List.of(ONE), new ListType(Scalar.BIGINT), false);
        assertEquals("[1]", folded(array));
        assertEquals(List.of(), asked);
    }
}
