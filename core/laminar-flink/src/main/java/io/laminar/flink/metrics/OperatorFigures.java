package io.laminar.flink.metrics;

import java.util.List;

/**
 * What one operator of the plan does.
 *
 * @param stage id of the stage it runs in, see {@link io.laminar.flink.scale.Stage}; empty before it runs
 * @param parallelism subtasks now; 0 before it runs
 * @param maxParallelism the most it can have
 * @param total of all subtasks
 * @param subtasks in their order
 */
public record OperatorFigures(
        PlanOperator operator,
        String stage,
        int parallelism,
        int maxParallelism,
        Figures total,
        List<Figures> subtasks) {
    public OperatorFigures {
        subtasks = List.copyOf(subtasks);
    }

    public static OperatorFigures of(PlanOperator operator, String stage, int maxParallelism, List<Figures> subtasks) {
        return new OperatorFigures(operator, stage, subtasks.size(), maxParallelism, Figures.sum(subtasks), subtasks);
    }

    OperatorFigures withSubtasks(List<Figures> replacement) {
        return of(operator, stage, maxParallelism, replacement);
    }
}
