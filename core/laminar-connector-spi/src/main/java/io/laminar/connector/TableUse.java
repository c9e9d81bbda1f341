package io.laminar.connector;

/** What a query does with a table. */
public enum TableUse {
    SOURCE,
    SINK,
    LOOKUP
}
