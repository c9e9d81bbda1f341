package io.laminar.server.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of a job.
 *
 * @param kind checkpoint or savepoint
 * @param state in_progress, completed or failed
 * @param bytes of the whole state that it has
 * @param newBytes of those, what it had to write
 * @param path where it is; from there a pipeline can be started
 */
public record CheckpointResource(
        String id,
        String kind,
        String state,
        Instant startedAt,
        long durationMicros,
        long bytes,
        long newBytes,
        int tasks,
        int done,
        @Nullable String path,
        @Nullable String failure,
        @Nullable List<StageResource> stages) {

    /** The part of operators that run together. */
    public record StageResource(
            String name, List<String> operators, long bytes, long newBytes, List<SubtaskResource> subtasks) {}

    /**
     * The part of one subtask; times in microseconds.
     *
     * @param syncMicros time in which no rows were processed
     * @param asyncMicros time in which state was written while rows went on
     * @param alignmentMicros between the first and the last input that asked for it
     */
    public record SubtaskResource(
            int subtask,
            long bytes,
            long newBytes,
            @Nullable Long durationMicros,
            @Nullable Long syncMicros,
            @Nullable Long asyncMicros,
            @Nullable Long alignmentMicros) {}
}
