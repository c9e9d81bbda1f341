package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * How to start.
 *
 * @param from {@code latest} (if not given) goes on from the last state, {@code nothing} begins anew, otherwise the path of a savepoint
 * @param dropState whether state that the query has no use for may go
 */
public record StartPipeline(@Nullable String from, @Nullable Boolean dropState) {}
