package io.laminar.server.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline.
 *
 * @param udfs names of stored functions that the query uses
 * @param parallelism subtasks of every operator
 * @param operatorParallelism subtasks of single operators, by name or id
 * @param stop how it is being stopped: none, or a mode
 * @param state of its latest job; {@code Created} if it never ran
 * @param actionText what it is doing, in a few words
 * @param jobId of its latest job
 * @param version ascends with every change of the query
 */
public record PipelineResource(
        String id,
        String name,
        String query,
        List<String> udfs,
        int parallelism,
        Map<String, Integer> operatorParallelism,
        long checkpointIntervalMicros,
        String stop,
        String state,
        String actionText,
        @Nullable String jobId,
        ErrorAnswer.@Nullable Problem failure,
        @Nullable GraphResource graph,
        boolean preview,
        Instant createdAt,
        Instant updatedAt,
        long version) {}
