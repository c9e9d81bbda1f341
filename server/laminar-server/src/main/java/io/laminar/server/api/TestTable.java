package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * A table to try.
 *
 * @param id of a stored table
 * @param definition a {@code CREATE TABLE}, if it is not stored
 * @param rows how many to show; 10 if not given
 */
public record TestTable(
        @Nullable String id,
        @Nullable String definition,
        @Nullable Integer rows) {}
