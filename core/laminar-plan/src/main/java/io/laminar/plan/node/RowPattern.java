package io.laminar.plan.node;

import java.io.Serializable;
import java.util.List;

/** A regular expression over rows. What stands first is preferred. */
public sealed interface RowPattern extends Serializable {

    /** One row that meets the condition of a variable, given by its number. */
    record Variable(int variable) implements RowPattern {}

    /** One part after the other; without parts it matches no rows. */
    record Sequence(List<RowPattern> parts) implements RowPattern {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** The first of some alternatives that leads to a match. */
    record Choice(List<RowPattern> alternatives) implements RowPattern {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * The body several times. A repetition beyond {@code least} takes at least one row.
     *
     * @param most {@link #UNLIMITED}, or not less than {@code least}
     * @param greedy whether more are preferred to fewer
     */
    record Repeat(RowPattern body, int least, int most, boolean greedy) implements RowPattern {
        public static final int UNLIMITED = -1;
    }

    /** Rows that take part in the match, but are not given out. */
    record Excluded(RowPattern body) implements RowPattern {}
}
