package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * Where a savepoint goes.
 *
 * @param folder the state folder of the pipeline if not given
 */
public record SavepointWish(@Nullable String folder) {}
