package io.laminar.execution.snapshot;

/** What a snapshot may have to do with others. */
public enum Reuse {
    /** It may use files of the last completed one, and later ones may use its own. */
    BACKWARD_AND_FORWARD,
    /** It uses no files of others, but later ones may use its own. */
    FORWARD,
    /** It stands alone: a savepoint. */
    NONE
}
