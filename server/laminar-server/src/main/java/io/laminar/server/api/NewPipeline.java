package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * A pipeline to create.
 *
 * @param parallelism what {@code SET parallelism} says if not given
 * @param checkpointIntervalMicros what {@code SET checkpoint_interval} says if not given
 * @param start whether it is started; it is if not given
 */
public record NewPipeline(
        String name,
        String query,
        @Nullable Integer parallelism,
        @Nullable Long checkpointIntervalMicros,
        @Nullable Boolean start) {}
