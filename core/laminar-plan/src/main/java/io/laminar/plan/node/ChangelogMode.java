package io.laminar.plan.node;

/** Which row kinds a stream carries. */
public enum ChangelogMode {
    /** +I only. */
    APPEND,
    /** +I, +U and -D by a key; no -U. */
    UPSERT,
    /** All kinds: every change takes the row before back. */
    RETRACT
}
