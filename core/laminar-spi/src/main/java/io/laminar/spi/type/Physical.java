package io.laminar.spi.type;

/** The memory layouts; each has one class of column and one of builder. */
public enum Physical {
    BOOLEAN,
    INT,
    LONG,
    DOUBLE,
    /** Two longs per value. */
    DECIMAL,
    BYTES,
    LIST,
    MAP,
    STRUCT
}
