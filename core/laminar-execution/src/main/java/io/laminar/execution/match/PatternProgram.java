package io.laminar.execution.match;

import io.laminar.plan.node.RowPattern;
import io.laminar.plan.node.RowPattern.Repeat;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;

/**
 * A pattern as a program of a machine with ordered threads, after Thompson and Pike ("Regular Expression Matching: the
 * Virtual Machine Approach"): a thread stands before an instruction that takes a row, and what is preferred comes first.
 */
final class PatternProgram {
    /** Go on at {@link #first}, or less preferably at {@link #second}. */
    static final int SPLIT = -1;
    /** Go on at {@link #first}. */
    static final int JUMP = -2;
    /** The rows so far are a match. */
    static final int ACCEPT = -3;
    /** A repetition that may find no row begins; {@link #first} is how deep it is nested in others of its kind. */
    static final int ENTER = -4;
    /** It ends: without a row since it began it is none. */
    static final int LEAVE = -5;

    private static final int MAX_DEPTH = 60;

    private final Ints operations = new Ints();
    private final Ints first = new Ints();
    private final Ints second = new Ints();
    private final boolean[] excluded;
    private int depth;
    private long startVariables;
    private boolean acceptsNothing;

    PatternProgram(RowPattern pattern) {
        Ints hidden = new Ints();
        emit(pattern, false, hidden);
        add(ACCEPT, 0, 0);
        excluded = new boolean[operations.size()];
        for (int i = 0; i < hidden.size(); i++) {
            excluded[hidden.get(i)] = true;
        }
        start(0, new boolean[operations.size()]);
    }

    int size() {
        return operations.size();
    }

    /** An instruction: the number of the variable whose row it takes, or one of the constants. */
    int operation(int at) {
        return operations.get(at);
    }

    int first(int at) {
        return first.get(at);
    }

    int second(int at) {
        return second.get(at);
    }

    /** Whether the row that the instruction takes is not given out. */
    boolean isExcluded(int at) {
        return excluded[at];
    }

    /** Variables, as bits, that the first row of a match can have. */
    long startVariables() {
        return startVariables;
    }

    /** Whether no rows at all can be a match. */
    boolean acceptsNothing() {
        return acceptsNothing;
    }

    private int add(int operation, int to, int other) {
        operations.add(operation);
        first.add(to);
        second.add(other);
        return operations.size() - 1;
    }

    private void emit(RowPattern pattern, boolean hide, Ints hidden) {
        if (pattern instanceof RowPattern.Variable variable) {
            int at = add(variable.variable(), 0, 0);
            if (hide) {
                hidden.add(at);
            }
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            sequence.parts().forEach(part -> emit(part, hide, hidden));
        } else if (pattern instanceof RowPattern.Choice choice) {
            emitChoice(choice, hide, hidden);
        } else if (pattern instanceof Repeat repeat) {
            emitRepeat(repeat, hide, hidden);
        } else if (pattern instanceof RowPattern.Excluded inside) {
            emit(inside.body(), true, hidden);
        }
    }

    private void emitChoice(RowPattern.Choice choice, boolean hide, Ints hidden) {
        Ints ends = new Ints();
        int last = choice.alternatives().size() - 1;
        for (int i = 0; i <= last; i++) {
            int split = i < last ? add(SPLIT, 0, 0) : -1;
            if (split >= 0) {
                first.values()[split] = split + 1;
            }
            emit(choice.alternatives().get(i), hide, hidden);
            if (split >= 0) {
                ends.add(add(JUMP, 0, 0));
                second.values()[split] = size();
            }
        }
        for (int i = 0; i < ends.size(); i++) {
            first.values()[ends.get(i)] = size();
        }
    }

    private void emitRepeat(Repeat repeat, boolean hide, Ints hidden) {
        for (int i = 0; i < repeat.least(); i++) {
            emit(repeat.body(), hide, hidden);
        }
        if (repeat.most() == Repeat.UNLIMITED) {
            int split = add(SPLIT, 0, 0);
            emitOnce(repeat.body(), hide, hidden);
            add(JUMP, split, 0);
            branch(split, repeat.greedy());
            return;
        }
        Ints splits = new Ints();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            splits.add(add(SPLIT, 0, 0));
            emitOnce(repeat.body(), hide, hidden);
        }
        for (int i = 0; i < splits.size(); i++) {
            branch(splits.get(i), repeat.greedy());
        }
    }

    /** A repetition beyond the least number, which takes at least one row. */
    private void emitOnce(RowPattern body, boolean hide, Ints hidden) {
        if (!matchesNothing(body)) {
            emit(body, hide, hidden);
            return;
        }
        if (depth == MAX_DEPTH) {
            throw new LaminarException(
                    ErrorCode.INVALID_PATTERN,
                    "repetitions of what may match no row are nested " + MAX_DEPTH + " deep",
                    "leave out quantifiers that others already imply");
        }
        add(ENTER, depth++, 0);
        emit(body, hide, hidden);
        add(LEAVE, --depth, 0);
    }

    /** Makes a split choose between what follows it and what will be emitted next. */
    private void branch(int split, boolean greedy) {
        first.values()[split] = greedy ? split + 1 : size();
        second.values()[split] = greedy ? size() : split + 1;
    }

    private static boolean matchesNothing(RowPattern pattern) {
        if (pattern instanceof RowPattern.Sequence sequence) {
            return sequence.parts().stream().allMatch(PatternProgram::matchesNothing);
        } else if (pattern instanceof RowPattern.Choice choice) {
            return choice.alternatives().stream().anyMatch(PatternProgram::matchesNothing);
        } else if (pattern instanceof Repeat repeat) {
            return repeat.least() == 0 || matchesNothing(repeat.body());
        } else if (pattern instanceof RowPattern.Excluded excluded) {
            return matchesNothing(excluded.body());
        }
        return false;
    }

    /** Finds what can be reached without a row. */
    private void start(int at, boolean[] seen) {
        if (seen[at]) {
            return;
        }
        seen[at] = true;
        switch (operation(at)) {
            case SPLIT -> {
                start(first(at), seen);
                start(second(at), seen);
            }
            case JUMP -> start(first(at), seen);
            case ENTER, LEAVE -> start(at + 1, seen);
            case ACCEPT -> acceptsNothing = true;
            default -> startVariables |= 1L << operation(at);
        }
    }
}
