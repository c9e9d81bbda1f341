package io.laminar.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanIdsTest {
    private static PlanNode values(long value) {
        return new ValuesNode(
                Schema.of(new Field("a", Scalar.BIGINT)),
                List.of(List.of(new Expression.Literal(value, Scalar.BIGINT))));
    }

    private static PlanNode limit(PlanNode input, long limit) {
        return new SortLimitNode(input, List.of(new SortKey(0, false, false)), 0, limit);
    }

    @Test
    void equalComputationsHaveOneName() {
        assertEquals(new PlanIds().of(limit(values(1), 3)), new PlanIds().of(limit(values(1), 3)));
    }

    @Test
    void whatANodeDoesAndWhatItReadsDecideItsName() {
        PlanIds ids = new PlanIds();
        String id = ids.of(limit(values(1), 3));
        assertNotEquals(id, ids.of(limit(values(1), 4)));
        assertNotEquals(id, ids.of(limit(values(2), 3)));
    }
}
