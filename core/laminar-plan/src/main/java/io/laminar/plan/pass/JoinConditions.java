package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Failures;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Where conditions of a join, and of what is asked of its result, belong.
 *
 * @param left conditions that rows of the left input have to meet, over its columns
 * @param right the same for the right input
 * @param pairs what is left of the join's own condition
 * @param above conditions over the result that stay above
 */
record JoinConditions(List<Expression> left, List<Expression> right, List<Expression> pairs, List<Expression> above) {

    /**
     * Places conditions.
     *
     * @param conditions over the result
     */
    static JoinConditions place(PlanNode join, JoinParts parts, List<Expression> conditions) {
        Placing placing = new Placing(join, parts);
        Expressions.conjuncts(parts.condition()).forEach(placing::own);
        conditions.forEach(placing::above);
        return placing.placed;
    }

    private static final class Placing {
        private final JoinParts parts;
        private final JoinType type;
        private final int width;
        private final boolean chooses;
        private final JoinConditions placed =
                new JoinConditions(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        Placing(PlanNode join, JoinParts parts) {
            this.parts = parts;
            this.type = parts.type();
            this.width = parts.left().schema().size();
            this.chooses = Joins.choosesRows(join);
        }

        /** A row that misses a condition of the join has no match, which is not the same as not being there. */
        void own(Expression condition) {
            boolean left = !type.keepsLeft();
            boolean right = !type.keepsRight() && !chooses;
            if (!moved(condition, left, right)) {
                placed.pairs.add(condition);
            }
        }

        /** A row that was filled up with NULLs may meet what the row itself does not. */
        void above(Expression condition) {
            boolean left = !type.keepsRight();
            boolean right = type == JoinType.INNER || type == JoinType.RIGHT;
            boolean reads = Expressions.readsRowtime(condition) || Expressions.isVolatile(condition);
            Expression pair =
                    Expressions.moveInputs(condition, column -> parts.outputs().get(column));
            if (reads || !moved(pair, left, right && !chooses)) {
                boolean joins = type == JoinType.INNER && !chooses && !reads && placed.above.isEmpty();
                (joins ? placed.pairs : placed.above).add(joins ? pair : condition);
            }
        }

        private boolean moved(Expression pair, boolean left, boolean right) {
            BitSet columns = new BitSet();
            Expressions.collectInputs(pair, columns);
            if (columns.isEmpty() || Failures.possible(pair) || Expressions.isVolatile(pair)) {
                return false;
            }
            if (columns.length() <= width) {
                return left && placed.left.add(pair);
            }
            return columns.nextSetBit(0) >= width
                    && right
                    && placed.right.add(Expressions.moveInputs(pair, column -> column - width));
        }
    }
}
