package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Decides which parts of large expressions get a method of their own, so that no method outgrows HotSpot's limit. */
final class Outlines {
    /** What a call of such a method costs in place. */
    private static final int CALL_WEIGHT = 40;

    private final Set<Expression> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Traits traits;
    private final int budget;

    Outlines(Traits traits, int budget) {
        this.traits = traits;
        this.budget = budget;
    }

    boolean contains(Expression expression) {
        return chosen.contains(expression);
    }

    /** Chooses parts until what is left of the expression keeps within the budget; the weight of what is left. */
    int cut(Expression expression) {
        List<Expression> children = Expressions.children(expression);
        if (traits.of(expression).weight() <= budget || children.isEmpty()) {
            return traits.of(expression).weight();
        }
        int total = traits.of(expression).weight();
        int[] weights = new int[children.size()];
        for (int i = 0; i < weights.length; i++) {
            total -= traits.of(children.get(i)).weight();
            weights[i] = cut(children.get(i));
        }
        for (int weight : weights) {
            total += weight;
        }
        while (total > budget) {
            int heaviest = 0;
            for (int i = 1; i < weights.length; i++) {
                heaviest = weights[i] > weights[heaviest] ? i : heaviest;
            }
            if (weights[heaviest] <= CALL_WEIGHT) {
                break;
            }
            chosen.add(children.get(heaviest));
            total -= weights[heaviest] - CALL_WEIGHT;
            weights[heaviest] = CALL_WEIGHT;
        }
        return total;
    }
}
