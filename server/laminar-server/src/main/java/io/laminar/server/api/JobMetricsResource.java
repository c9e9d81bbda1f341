package io.laminar.server.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job does.
 *
 * @param total rows in are those that sources read, rows out those that sinks took
 * @param checkpoints completed
 */
public record JobMetricsResource(
        Instant time,
        FiguresResource total,
        long checkpoints,
        @Nullable Long lastCheckpointMicros,
        long lastCheckpointBytes,
        List<OperatorMetricsResource> operators) {}
