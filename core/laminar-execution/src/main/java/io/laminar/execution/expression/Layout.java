package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expression.Rowtime;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts outputs into what is passed on and what is computed, and the latter into loops of bearable size. */
final class Layout {
    private final Traits traits;
    private final int budget;
    private final List<Expression> computed = new ArrayList<>();
    private final Map<Expression, Integer> positions = new LinkedHashMap<>();

    Layout(Traits traits, int budget) {
        this.traits = traits;
        this.budget = budget;
    }

    OutputPlan plan(Expression expression) {
        if (expression instanceof Rowtime) {
            return new OutputPlan.EventTime();
        }
        if (expression instanceof Literal literal) {
            return new OutputPlan.Constant(literal.type(), literal.value());
        }
        Optional<Slots.Path> path = Slots.path(expression);
        if (path.isPresent()) {
            return new OutputPlan.PassThrough(path.get());
        }
        if (expression instanceof Call call && call.operation() == Operation.STRUCT) {
            return new OutputPlan.Members(
                    call.arguments().stream().map(this::plan).toList());
        }
        Integer known = traits.isVolatile(expression) ? null : positions.get(expression);
        if (known != null) {
            return new OutputPlan.Computed(known);
        }
        computed.add(expression);
        positions.put(expression, computed.size() - 1);
        return new OutputPlan.Computed(computed.size() - 1);
    }

    int computedColumns() {
        return computed.size();
    }

    /** The loops in the order in which they have to run: the one with the condition first. */
    List<Loop> loops(@Nullable Expression condition) {
        List<Loop> loops = new ArrayList<>();
        if (condition == null) {
            group(0, false, loops);
        } else if (sharesWork(condition)) {
            loops.add(new Loop(condition, List.copyOf(computed), 0, false));
        } else {
            loops.add(new Loop(condition, List.of(), 0, false));
            group(0, true, loops);
        }
        return loops;
    }

    private void group(int from, boolean selected, List<Loop> loops) {
        int start = from;
        int weight = 0;
        for (int i = from; i < computed.size(); i++) {
            int next = Math.min(traits.of(computed.get(i)).weight(), budget) + 30;
            if (i > start && weight + next > budget) {
                loops.add(new Loop(null, List.copyOf(computed.subList(start, i)), start, selected));
                start = i;
                weight = 0;
            }
            weight += next;
        }
        if (start < computed.size()) {
            loops.add(new Loop(null, List.copyOf(computed.subList(start, computed.size())), start, selected));
        }
    }

    /** Whether the condition computes something dear that an output computes too, and all of it fits one loop. */
    private boolean sharesWork(Expression condition) {
        int weight = traits.of(condition).weight();
        for (Expression output : computed) {
            weight += traits.of(output).weight() + 30;
        }
        if (weight > budget) {
            return false;
        }
        Set<Expression> parts = new HashSet<>();
        collect(condition, parts);
        return computed.stream().anyMatch(output -> contains(output, parts));
    }

    private void collect(Expression expression, Set<Expression> parts) {
        if (isDear(expression)) {
            parts.add(expression);
        }
        Expressions.children(expression).forEach(child -> collect(child, parts));
    }

    private boolean contains(Expression expression, Set<Expression> parts) {
        return (isDear(expression) && parts.contains(expression))
                || Expressions.children(expression).stream().anyMatch(child -> contains(child, parts));
    }

    private boolean isDear(Expression expression) {
        return !traits.of(expression).cheap() && !traits.isVolatile(expression);
    }
}
