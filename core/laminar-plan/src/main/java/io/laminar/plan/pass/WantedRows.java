package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.batch.ValueOrder;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.ColumnCondition.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which rows of a source any of its readers wants. */
final class WantedRows {
    private final Consumers consumers;

    WantedRows(Consumers consumers) {
        this.consumers = consumers;
    }

    /** Conditions that hold for every row that a reader wants; none if one reader wants all. */
    List<ColumnCondition> of(SourceNode source) {
        List<ColumnCondition> wanted = null;
        for (Expression condition : conditions(source)) {
            List<ColumnCondition> ofReader = SourceConditions.of(condition, source.schema());
            wanted = wanted == null ? ofReader : either(wanted, ofReader);
        }
        return wanted == null ? List.of() : wanted;
    }

    /** For every way through filters and projections the condition over the rows of a node; none if one has no condition. */
    private List<Expression> conditions(PlanNode node) {
        List<Expression> all = new ArrayList<>();
        for (PlanNode consumer : consumers.of(node)) {
            if (!(consumer instanceof FilterProjectNode filter)) {
                return List.of();
            }
            Expression own = filter.condition();
            List<Expression> behind = conditions(filter);
            if (behind.isEmpty()) {
                if (own == null) {
                    return List.of();
                }
                all.add(own);
            }
            for (Expression condition : behind) {
                Expression below = Expressions.substitute(condition, filter.projections(), filter.rowtime());
                all.add(own == null ? below : java.util.Objects.requireNonNull(Expressions.and(own, below)));
            }
        }
        return all;
    }

    /** What holds where all of the first conditions do or all of the second ones. */
    private static List<ColumnCondition> either(List<ColumnCondition> first, List<ColumnCondition> second) {
        Set<ColumnCondition> found = new LinkedHashSet<>();
        for (ColumnCondition a : first) {
            second.stream()
                    .filter(b -> a.column().equals(b.column()))
                    .map(b -> either(a, b))
                    .flatMap(Stream::ofNullable)
                    .forEach(found::add);
        }
        // A comparison says that the column is not NULL, too.
        return found.stream()
                .filter(c -> c.comparison() != Comparison.IS_NOT_NULL
                        || found.stream()
                                .noneMatch(other ->
                                        !other.equals(c) && other.column().equals(c.column())))
                .toList();
    }

    private static @Nullable ColumnCondition either(ColumnCondition a, ColumnCondition b) {
        if (a.equals(b)) {
            return a;
        }
        if (a.comparison() == Comparison.IS_NULL || b.comparison() == Comparison.IS_NULL) {
            return null;
        }
        if (isList(a) && isList(b)) {
            Set<Object> values = new LinkedHashSet<>(a.values());
            values.addAll(b.values());
            return new ColumnCondition(a.column(), Comparison.IN, List.copyOf(values));
        }
        ColumnCondition bound = bound(a, b);
        return bound != null ? bound : new ColumnCondition(a.column(), Comparison.IS_NOT_NULL, List.of());
    }

    private static boolean isList(ColumnCondition condition) {
        return condition.comparison() == Comparison.EQUAL || condition.comparison() == Comparison.IN;
    }

    /** The weaker one of two bounds on the same side; null for others. */
    private static @Nullable ColumnCondition bound(ColumnCondition a, ColumnCondition b) {
        int side = side(a.comparison());
        if (side == 0 || side != side(b.comparison())) {
            return null;
        }
        Object ofA = a.values().get(0);
        Object ofB = b.values().get(0);
        if (ofA.getClass() != ofB.getClass()) {
            return null;
        }
        int order = side * ValueOrder.compare(ofA, ofB);
        boolean included = a.comparison() == Comparison.LESS_OR_EQUAL || a.comparison() == Comparison.GREATER_OR_EQUAL;
        return order > 0 || (order == 0 && included) ? a : b;
    }

    /** 1 for upper bounds, -1 for lower ones, 0 for others. */
    private static int side(Comparison comparison) {
        return switch (comparison) {
            case LESS, LESS_OR_EQUAL -> 1;
            case GREATER, GREATER_OR_EQUAL -> -1;
            case EQUAL, IN, IS_NULL, IS_NOT_NULL -> 0;
        };
    }
}
