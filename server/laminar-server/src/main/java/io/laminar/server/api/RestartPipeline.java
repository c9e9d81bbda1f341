package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * How to restart.
 *
 * @param force whether it is stopped at once, without a savepoint
 * @param from as for starting
 */
public record RestartPipeline(
        @Nullable Boolean force, @Nullable String from) {}
