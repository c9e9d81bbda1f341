package io.laminar.spi.function;

/** Where a function may stand in a query. */
public enum FunctionKind {
    SCALAR,
    AGGREGATE
}
