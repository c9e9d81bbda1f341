package io.laminar.plan.node;

/** Which rows leave a join. */
public enum JoinType {
    /** Pairs that match. */
    INNER,
    /** Pairs, and rows of the left input without a match. */
    LEFT,
    /** Pairs, and rows of the right input without a match. */
    RIGHT,
    /** Pairs, and rows of both inputs without a match. */
    FULL,
    /** Rows of the left input that have a match. */
    SEMI,
    /** Rows of the left input that have none. */
    ANTI;

    /** Whether rows are made of columns of both inputs. */
    public boolean pairs() {
        return this != SEMI && this != ANTI;
    }

    /** Whether a row of the left input leaves if nothing matches it. */
    public boolean keepsLeft() {
        return this == LEFT || this == FULL || this == ANTI;
    }

    /** Whether a row of the right input leaves if nothing matches it. */
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }
}
