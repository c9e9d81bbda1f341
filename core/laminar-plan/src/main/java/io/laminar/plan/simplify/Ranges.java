package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several comparisons of one value with constants come to when all of them hold. */
final class Ranges {
    private final Expression subject;
    private final List<RangeTerm> terms;

    /** @param terms about the same subject */
    Ranges(List<RangeTerm> terms) {
        this.subject = terms.get(0).subject();
        this.terms = terms;
    }

    /** The fewest conditions that say the same; null if no value meets them all. */
    @Nullable
    List<Expression> narrowest() {
        List<Literal> named = named();
        if (named != null) {
            List<Literal> left = named.stream()
                    .filter(value -> terms.stream().allMatch(term -> term.admits(value)))
                    .toList();
            return left.isEmpty() ? null : List.of(RangeTerm.oneOf(subject, left));
        }
        RangeTerm lower = tightest(true);
        RangeTerm upper = tightest(false);
        if (isEmpty(lower, upper)) {
            return null;
        }
        List<Expression> conditions = new ArrayList<>();
        if (lower != null && upper != null && Order.compare(lower.constant(), upper.constant()) == 0) {
            conditions.add(Logic.call(Operation.EQUAL, subject, lower.constant()));
        } else {
            add(lower, conditions);
            add(upper, conditions);
        }
        for (RangeTerm term : terms) {
            boolean excludes = term.operation() == Operation.NOT_EQUAL
                    && (lower == null || lower.admits(term.constant()))
                    && (upper == null || upper.admits(term.constant()));
            if (excludes) {
                add(term, conditions);
            }
        }
        return conditions;
    }

    private void add(@Nullable RangeTerm term, List<Expression> conditions) {
        if (term != null) {
            conditions.add(Logic.call(term.operation(), subject, term.constant()));
        }
    }

    /** The constants of one of the conditions that name the value; null if none does. */
    private @Nullable List<Literal> named() {
        for (RangeTerm term : terms) {
            if (term.names()) {
                return RangeTerm.different(term.constants());
            }
        }
        return null;
    }

    private @Nullable RangeTerm tightest(boolean lower) {
        RangeTerm best = null;
        for (RangeTerm term : terms) {
            boolean candidate = lower ? term.isLower() : term.isUpper();
            // A bound that leaves the other one out is the tighter one.
            if (candidate && (best == null || !term.admits(best.constant()))) {
                best = term;
            }
        }
        return best;
    }

    private boolean isEmpty(@Nullable RangeTerm lower, @Nullable RangeTerm upper) {
        List<RangeTerm> excluded = terms.stream()
                .filter(term -> term.operation() == Operation.NOT_EQUAL)
                .toList();
        if (lower == null || upper == null) {
            return false;
        }
        int order = Order.compare(lower.constant(), upper.constant());
        if (order == 0) {
            return !lower.admits(upper.constant())
                    || !upper.admits(lower.constant())
                    || excluded.stream().anyMatch(term -> !term.admits(lower.constant()));
        }
        return order > 0 || (Order.isDiscrete(subject.type()) && isEmptyGap(lower, upper));
    }

    /** Whether no whole number lies between two bounds, the first of which is less. */
    private static boolean isEmptyGap(RangeTerm lower, RangeTerm upper) {
        boolean open = lower.operation() == Operation.GREATER && upper.operation() == Operation.LESS;
        return open && Order.whole(upper.constant()) == Order.whole(lower.constant()) + 1;
    }
}
