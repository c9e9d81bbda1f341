package io.laminar.plan.node;

import java.io.Serializable;

/** One column of an ordering. */
public record SortKey(int column, boolean descending, boolean nullsFirst) implements Serializable {}
