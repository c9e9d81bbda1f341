package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * A query to look at.
 */
public record QueryText(String query, @Nullable Integer parallelism) {}
