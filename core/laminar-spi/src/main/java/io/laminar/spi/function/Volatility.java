package io.laminar.spi.function;

/** Whether a function answers the same for the same arguments. */
public enum Volatility {
    /** Always. May be computed while planning. */
    IMMUTABLE,
    /** Within one batch: the functions of the current time. */
    STABLE,
    /** Not even within a row: random numbers. Never shared between equal expressions. */
    VOLATILE
}
