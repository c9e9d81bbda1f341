package io.laminar.plan.node;

/** Which clock closes windows. */
public enum TimeDomain {
    /** The rows' own time and watermarks. */
    EVENT,
    /** The machine's clock when the row arrives. */
    PROCESSING
}
