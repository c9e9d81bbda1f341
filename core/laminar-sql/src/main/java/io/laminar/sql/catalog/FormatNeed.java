package io.laminar.sql.catalog;

/** Whether tables of a connector have a format. */
public enum FormatNeed {
    NONE,
    OPTIONAL,
    REQUIRED
}
