package io.laminar.sql.catalog;

/** What a query does with a table. */
public enum TableUse {
    SOURCE,
    SINK,
    LOOKUP
}
