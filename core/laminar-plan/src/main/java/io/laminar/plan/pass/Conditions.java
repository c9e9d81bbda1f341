package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Failures;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Conditions that all have to hold, some of which can move.
 *
 * @param moved those that can, in their order
 * @param left the others
 */
record Conditions(List<Expression> moved, List<Expression> left) {

    /** A condition that may fail does not overtake one that stays: that one may keep it from failing. */
    static Conditions split(List<Expression> conditions, Predicate<Expression> movable) {
        List<Expression> moved = new ArrayList<>();
        List<Expression> left = new ArrayList<>();
        for (Expression condition : conditions) {
            boolean moves = movable.test(condition) && (left.isEmpty() || !Failures.possible(condition));
            (moves ? moved : left).add(condition);
        }
        return new Conditions(moved, left);
    }

    /** The rows of a node that meet conditions. */
    static PlanNode over(PlanNode node, List<Expression> conditions) {
        if (conditions.isEmpty()) {
            return node;
        }
        Schema schema = node.schema();
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            columns.add(new Expression.Input(i, field.type(), field.nullable()));
        }
        return new FilterProjectNode(node, Expressions.conjunction(conditions), columns, null, schema);
    }
}
