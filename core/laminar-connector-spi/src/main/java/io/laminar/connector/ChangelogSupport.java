package io.laminar.connector;

/** The changes a sink takes, or a source gives; each constant includes those before it. */
public enum ChangelogSupport {
    /** Inserts only. */
    APPEND,
    /** +I, +U and -D by key, without -U. */
    UPSERT,
    /** All row kinds. */
    RETRACT
}
