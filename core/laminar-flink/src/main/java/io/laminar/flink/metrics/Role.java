package io.laminar.flink.metrics;

/** Where in a plan rows are counted. */
public enum Role {
    SOURCE,
    OPERATOR,
    SINK
}
