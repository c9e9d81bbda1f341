package io.laminar.plan.node;

import java.io.Serializable;

/**
 * An equality that rows of both inputs of a join have to meet. Both columns have the same type.
 *
 * @param left column of the left input
 * @param right column of the right input
 * @param nullSafe whether NULL equals NULL ({@code IS NOT DISTINCT FROM}); otherwise a row with NULL here matches nothing
 */
public record JoinKey(int left, int right, boolean nullSafe) implements Serializable {}
