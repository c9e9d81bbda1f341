package io.laminar.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline.
 *
 * @param version of the pipeline
 * @param state the server's word for it
 * @param clusterJob its id on its cluster; null before it was submitted
 * @param failure why it ended, as the server writes it; null if it did not fail
 */
public record Job(
        String id,
        String pipeline,
        long version,
        String state,
        @Nullable String clusterJob,
        @Nullable String failure,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended) {}
