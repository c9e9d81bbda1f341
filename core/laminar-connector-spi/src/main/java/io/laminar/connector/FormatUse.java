package io.laminar.connector;

/** Whether tables of a connector have a format. */
public enum FormatUse {
    /** Rows come and go without bytes: generators, the terminal. */
    NONE,
    OPTIONAL,
    REQUIRED
}
