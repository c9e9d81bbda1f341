package io.laminar.plan.node;

/** What an {@link OverCall} computes. */
public enum OverFunction {
    /** The aggregate of the frame. */
    AGGREGATE,
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    NTILE,
    CUME_DIST,
    PERCENT_RANK,
    /** The value in the n-th row of the frame. */
    NTH_FROM_FIRST,
    /** The value in the n-th row of the frame, counted from its end. */
    NTH_FROM_LAST;

    /** Whether it depends on how many rows the partition has. */
    public boolean needsLast() {
        return this == NTILE || this == CUME_DIST || this == PERCENT_RANK;
    }

    public boolean hasFrame() {
        return this == AGGREGATE || this == NTH_FROM_FIRST || this == NTH_FROM_LAST;
    }
}
