package io.laminar.spi.function;

/** Where a function may stand in a query. */
public enum FunctionKind {
    SCALAR,
    AGGREGATE,
    /** A form that the planner knows itself; its declaration is for readers and for the names that messages suggest. */
    PLANNED
}
