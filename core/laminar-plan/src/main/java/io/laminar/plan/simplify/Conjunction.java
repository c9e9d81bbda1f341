package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** AND of simple terms. */
final class Conjunction {
    private final boolean unknownIsFalse;

    /** @param unknownIsFalse whether only TRUE counts, so that NULL may become FALSE */
    Conjunction(boolean unknownIsFalse) {
        this.unknownIsFalse = unknownIsFalse;
    }

    Expression of(List<Expression> arguments) {
        List<Expression> terms = new ArrayList<>();
        Set<Expression> known = new HashSet<>();
        for (Expression argument : arguments) {
            for (Expression term : Logic.terms(argument, Operation.AND)) {
                if (term instanceof Literal literal && decides(literal)) {
                    return Logic.FALSE;
                }
                boolean repeated = known.contains(term) && !Expressions.isVolatile(term);
                if (!term.equals(Logic.TRUE) && !repeated) {
                    known.add(term);
                    terms.add(term);
                }
            }
        }
        if (contradicts(terms, known)) {
            return Logic.FALSE;
        }
        List<Expression> narrowed = withoutImplied(terms);
        return Logic.join(Operation.AND, narrowed == null ? List.of(Logic.FALSE) : narrowed);
    }

    private boolean decides(Literal literal) {
        return literal.value() == null ? unknownIsFalse : literal.value().equals(false);
    }

    /** Whether there are a condition and its opposite. */
    private boolean contradicts(List<Expression> terms, Set<Expression> known) {
        return terms.stream()
                .anyMatch(term -> (unknownIsFalse || !term.nullable())
                        && !(term instanceof Literal)
                        && known.contains(Logic.not(term))
                        && !Expressions.isVolatile(term));
    }

    /** The terms without comparisons that follow from others; null if they cannot all be true. */
    private @Nullable List<Expression> withoutImplied(List<Expression> terms) {
        Map<Expression, List<RangeTerm>> bySubject = new LinkedHashMap<>();
        for (Expression term : terms) {
            RangeTerm range = RangeTerm.of(term);
            if (range != null) {
                bySubject
                        .computeIfAbsent(range.subject(), s -> new ArrayList<>())
                        .add(range);
            }
        }
        Map<Expression, List<Expression>> narrowed = new LinkedHashMap<>();
        for (Map.Entry<Expression, List<RangeTerm>> entry : bySubject.entrySet()) {
            if (entry.getValue().size() == 1) {
                continue;
            }
            List<Expression> conditions = new Ranges(entry.getValue()).narrowest();
            if (conditions != null) {
                narrowed.put(entry.getKey(), conditions);
            } else if (unknownIsFalse || !entry.getKey().nullable()) {
                return null;
            }
        }
        List<Expression> left = new ArrayList<>();
        for (Expression term : terms) {
            RangeTerm range = RangeTerm.of(term);
            List<Expression> instead = range == null ? null : narrowed.get(range.subject());
            if (instead == null) {
                if (!isImpliedNotNull(term, bySubject.keySet())) {
                    left.add(term);
                }
            } else {
                // The first term of a subject stands for all of them, those that stay as they are keep their place.
                instead.stream()
                        .filter(condition -> condition.equals(term) || !terms.contains(condition))
                        .filter(condition -> !left.contains(condition))
                        .forEach(left::add);
            }
        }
        return left;
    }

    /** A comparison with a constant is never true for NULL. */
    private boolean isImpliedNotNull(Expression term, Set<Expression> compared) {
        return unknownIsFalse
                && Logic.is(term, Operation.IS_NOT_NULL)
                && compared.contains(((Call) term).arguments().get(0));
    }
}
