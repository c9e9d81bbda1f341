package io.laminar.plan.node;

/** How equal rows are ranked. */
public enum RankFunction {
    ROW_NUMBER,
    RANK,
    DENSE_RANK
}
