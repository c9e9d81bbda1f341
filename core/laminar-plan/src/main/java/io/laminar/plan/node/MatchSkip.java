package io.laminar.plan.node;

import java.io.Serializable;

/**
 * Where the search goes on after a match.
 *
 * @param variables bits of the variables that {@link Kind#TO_FIRST} and {@link Kind#TO_LAST} name; otherwise 0
 */
public record MatchSkip(Kind kind, long variables) implements Serializable {
    public enum Kind {
        PAST_LAST_ROW,
        TO_NEXT_ROW,
        TO_FIRST,
        TO_LAST
    }
}
