package io.laminar.plan.node;

/** Which part of an aggregation a node does. */
public enum Phase {
    /** All of it. */
    COMPLETE,
    /** Folds the rows of one subtask before the exchange; its output are keys and partial states. */
    PARTIAL,
    /** Merges partial states. */
    FINAL
}
