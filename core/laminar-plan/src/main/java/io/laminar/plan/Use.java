package io.laminar.plan;

/** Whether a plan makes use of something that may or may not pay. */
public enum Use {
    /** Where it is likely to pay. */
    AUTO,
    /** Wherever it is possible. */
    ON,
    /** Nowhere. */
    OFF
}
