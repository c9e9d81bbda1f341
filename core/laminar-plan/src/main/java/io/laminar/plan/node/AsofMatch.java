package io.laminar.plan.node;

/** Which right rows an ASOF join chooses from, by event time. */
public enum AsofMatch {
    /** {@code left >= right}: the last one that is not later. */
    AT_OR_BEFORE("at or before"),
    /** {@code left > right}: the last one that is earlier. */
    BEFORE("before"),
    /** {@code left <= right}: the first one that is not earlier. */
    AT_OR_AFTER("at or after"),
    /** {@code left < right}: the first one that is later. */
    AFTER("after");

    private final String words;

    AsofMatch(String words) {
        this.words = words;
    }

    /** Whether the right row is the earlier one. */
    public boolean earlier() {
        return this == AT_OR_BEFORE || this == BEFORE;
    }

    /** Whether a right row of the same time matches. */
    public boolean orEqual() {
        return this == AT_OR_BEFORE || this == AT_OR_AFTER;
    }

    /** Where the right row lies, in words. */
    public String words() {
        return words;
    }
}
