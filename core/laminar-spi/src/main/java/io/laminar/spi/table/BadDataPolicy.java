package io.laminar.spi.table;

/** What happens to a record that cannot be decoded. */
public enum BadDataPolicy {
    /** The job fails and names the record. */
    FAIL,
    /** The record is counted and left out. */
    DROP,
    /** The record goes to a table, with its raw bytes and where it came from. */
    DEAD_LETTER
}
