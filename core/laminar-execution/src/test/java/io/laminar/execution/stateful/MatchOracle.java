package io.laminar.execution.stateful;

import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchSkip;
import io.laminar.plan.node.RowPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds matches in the rows of one partition by backtracking, as slowly and plainly as the standard says it. */
final class MatchOracle {
    /** A row: its event time and value. */
    record Row(long time, Long value) {}

    /** A match: where it starts and the variables of its rows. */
    record Found(int start, List<Integer> variables, List<Boolean> hidden) {}

    /** Whether a row can have a variable, given the variables of the match up to and with it. */
    interface Condition {
        boolean met(List<Row> rows, int start, List<Integer> variables);
    }

    /** Gave up: too many steps, or a skip that has no target. */
    static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1;
        final boolean skip;

        Impossible(boolean skip) {
            this.skip = skip;
        }
    }

    private static final int MAX_STEPS = 300_000;

    private final MatchNode node;
    private final List<Condition> conditions;
    private final List<Row> rows;
    private final List<Integer> variables = new ArrayList<>();
    private final List<Boolean> hidden = new ArrayList<>();
    private int start;
    private int steps;

    MatchOracle(MatchNode node, List<Condition> conditions, List<Row> rows) {
        this.node = node;
        this.conditions = conditions;
        this.rows = rows;
    }

    List<Found> search() {
        List<Found> found = new ArrayList<>();
        for (start = 0; start < rows.size(); ) {
            if (node.atStart() && start > 0) {
                break;
            }
            variables.clear();
            hidden.clear();
            if (!match(node.pattern(), start, false, end -> !node.atEnd() || end == rows.size())) {
                start++;
                continue;
            }
            found.add(new Found(start, List.copyOf(variables), List.copyOf(hidden)));
            start += skip();
        }
        return found;
    }

    private int skip() {
        if (variables.isEmpty() || node.skip().kind() == MatchSkip.Kind.TO_NEXT_ROW) {
            return 1;
        }
        if (node.skip().kind() == MatchSkip.Kind.PAST_LAST_ROW) {
            return variables.size();
        }
        int target = -1;
        for (int i = 0; i < variables.size(); i++) {
            boolean named = (node.skip().variables() >>> variables.get(i) & 1) != 0;
            if (named && (target < 0 || node.skip().kind() == MatchSkip.Kind.TO_LAST)) {
                target = i;
            }
        }
        if (target <= 0) {
            throw new Impossible(true);
        }
        return target;
    }

    private boolean match(RowPattern pattern, int at, boolean hide, IntPredicate then) {
        if (++steps > MAX_STEPS) {
            throw new Impossible(false);
        }
        if (pattern instanceof RowPattern.Variable variable) {
            return take(variable.variable(), at, hide, then);
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            return sequence(sequence.parts(), 0, at, hide, then);
        } else if (pattern instanceof RowPattern.Choice choice) {
            return choice.alternatives().stream().anyMatch(alternative -> match(alternative, at, hide, then));
        } else if (pattern instanceof RowPattern.Repeat repeat) {
            return repeat(repeat, 0, at, hide, then);
        }
        return match(((RowPattern.Excluded) pattern).body(), at, true, then);
    }

    private boolean take(int variable, int at, boolean hide, IntPredicate then) {
        if (at >= rows.size()
                || node.within() > 0 && rows.get(at).time() - rows.get(start).time() >= node.within()) {
            return false;
        }
        variables.add(variable);
        hidden.add(hide);
        if (conditions.get(variable).met(rows, start, variables) && then.test(at + 1)) {
            return true;
        }
        variables.remove(variables.size() - 1);
        hidden.remove(hidden.size() - 1);
        return false;
    }

    private boolean sequence(List<RowPattern> parts, int part, int at, boolean hide, IntPredicate then) {
        return part == parts.size()
                ? then.test(at)
                : match(parts.get(part), at, hide, next -> sequence(parts, part + 1, next, hide, then));
    }

    private boolean repeat(RowPattern.Repeat repeat, int done, int at, boolean hide, IntPredicate then) {
        if (done < repeat.least()) {
            return match(repeat.body(), at, hide, next -> repeat(repeat, done + 1, next, hide, then));
        }
        if (!repeat.greedy() && then.test(at)) {
            return true;
        }
        boolean more = repeat.most() == RowPattern.Repeat.UNLIMITED || done < repeat.most();
        if (more && match(repeat.body(), at, hide, next -> next > at && repeat(repeat, done + 1, next, hide, then))) {
            return true;
        }
        return repeat.greedy() && then.test(at);
    }
}
