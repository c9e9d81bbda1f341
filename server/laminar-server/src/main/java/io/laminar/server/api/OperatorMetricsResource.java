package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one operator of a job does.
 *
 * @param operator its id in the graph
 * @param total of all subtasks
 * @param subtasks in their order; only if one operator is asked for
 */
public record OperatorMetricsResource(
        String operator,
        String name,
        String details,
        int parallelism,
        int maxParallelism,
        FiguresResource total,
        @Nullable List<FiguresResource> subtasks) {}
