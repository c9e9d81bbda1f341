package io.laminar.connector;

/** What tables of a connector can do beside being read or written. */
public enum Capability {
    /** Changes can be read, if the format carries them or the table has a key. */
    READS_CHANGES,
    /** Changes can be written. */
    WRITES_CHANGES,
    /** A job goes on reading where its checkpoint was: every row counts once. */
    READS_EXACTLY_ONCE,
    /** Rows can be written so that each is there once, whatever fails. */
    WRITES_EXACTLY_ONCE
}
