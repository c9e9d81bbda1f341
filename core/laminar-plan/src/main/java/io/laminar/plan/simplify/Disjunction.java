package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** OR of simple terms. */
final class Disjunction {
    /** Fewer comparisons are as fast as a set. */
    private static final int WORTH_A_SET = 3;

    private final boolean unknownIsFalse;

    /** @param unknownIsFalse whether only TRUE counts, so that NULL may become FALSE */
    Disjunction(boolean unknownIsFalse) {
        this.unknownIsFalse = unknownIsFalse;
    }

    Expression of(List<Expression> arguments) {
        List<Expression> terms = new ArrayList<>();
        Set<Expression> known = new HashSet<>();
        for (Expression argument : arguments) {
            for (Expression term : Logic.terms(argument, Operation.OR)) {
                if (term.equals(Logic.TRUE)) {
                    return Logic.TRUE;
                }
                boolean repeated = known.contains(term) && !Expressions.isVolatile(term);
                if (!isVoid(term) && !repeated) {
                    known.add(term);
                    terms.add(term);
                }
            }
        }
        boolean covers = terms.stream()
                .anyMatch(term -> !term.nullable() && known.contains(Logic.not(term)) && !Expressions.isVolatile(term));
        return covers ? Logic.TRUE : factored(asSets(terms));
    }

    private boolean isVoid(Expression term) {
        return term instanceof Literal literal
                && (literal.value() == null ? unknownIsFalse : literal.value().equals(false));
    }

    /** Comparisons of one value with several constants become IN. */
    private static List<Expression> asSets(List<Expression> terms) {
        Map<Expression, List<Literal>> constants = new LinkedHashMap<>();
        for (Expression term : terms) {
            RangeTerm range = RangeTerm.of(term);
            if (range != null && range.names()) {
                constants
                        .computeIfAbsent(range.subject(), s -> new ArrayList<>())
                        .addAll(range.constants());
            }
        }
        constants.values().removeIf(values -> values.size() < WORTH_A_SET);
        List<Expression> merged = new ArrayList<>();
        Set<Expression> done = new HashSet<>();
        for (Expression term : terms) {
            RangeTerm range = RangeTerm.of(term);
            List<Literal> values = range == null || !range.names() ? null : constants.get(range.subject());
            if (range == null || values == null) {
                merged.add(term);
            } else if (done.add(range.subject())) {
                merged.add(RangeTerm.oneOf(range.subject(), RangeTerm.different(values)));
            }
        }
        return merged;
    }

    /** What all terms demand is demanded once: (a AND b) OR (a AND c) is a AND (b OR c). */
    private static Expression factored(List<Expression> terms) {
        if (terms.size() < 2) {
            return Logic.join(Operation.OR, terms);
        }
        List<Expression> common = new ArrayList<>(Logic.terms(terms.get(0), Operation.AND));
        common.removeIf(Expressions::isVolatile);
        for (Expression term : terms) {
            common.retainAll(Logic.terms(term, Operation.AND));
        }
        if (common.isEmpty()) {
            return Logic.join(Operation.OR, terms);
        }
        List<Expression> rests = new ArrayList<>();
        for (Expression term : terms) {
            List<Expression> rest = new ArrayList<>(Logic.terms(term, Operation.AND));
            rest.removeAll(common);
            if (rest.isEmpty()) {
                return Logic.join(Operation.AND, common);
            }
            rests.add(Logic.join(Operation.AND, rest));
        }
        List<Expression> all = new ArrayList<>(common);
        all.add(Logic.join(Operation.OR, asSets(rests)));
        return Logic.join(Operation.AND, all);
    }
}
