package io.laminar.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline.
 *
 * @param version of the pipeline
 * @param state the server's word for it
 * @param clusterJob its id on its cluster; null before it was submitted
 * @param restarts after failures
 * @param trouble what the next failure is judged by, as the server writes it; null before the first
 * @param failure why it ended, as the server writes it; null if it did not fail
 */
public record Job(
        String id,
        String pipeline,
        long version,
        String state,
        @Nullable String clusterJob,
        @Nullable String failure,
        long restarts,
        @Nullable String trouble,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended) {}
