package io.laminar.server.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline.
 *
 * @param version of the pipeline
 * @param clusterJob its id on its cluster
 * @param restarts how often it was started again after a failure
 * @param failure why it failed
 */
public record JobResource(
        String id,
        String pipelineId,
        long version,
        String state,
        String actionText,
        @Nullable String clusterJob,
        long restarts,
        ErrorAnswer.@Nullable Problem failure,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {}
