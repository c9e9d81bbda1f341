package io.laminar.flink.runtime;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the subtasks of a job did for a checkpoint.
 *
 * @param stages in the order of rows
 */
public record CheckpointDetails(Checkpoint checkpoint, List<OfStage> stages) {
    public CheckpointDetails {
        stages = List.copyOf(stages);
    }

    /**
     * Operators that run in one thread take part together.
     *
     * @param stage id of the stage
     * @param operators ids of the operators of the plan that run in it
     * @param subtasks those that have done their part
     */
    public record OfStage(
            String stage, String name, List<String> operators, long bytes, long newBytes, List<OfSubtask> subtasks) {
        public OfStage {
            operators = List.copyOf(operators);
            subtasks = List.copyOf(subtasks);
        }
    }

    /**
     * The part of one subtask.
     *
     * @param duration from the start of the checkpoint until the subtask had done its part
     * @param sync of it, the time in which no rows were processed
     * @param async of it, the time in which state was written while rows went on
     * @param alignment time between the first and the last of its inputs that asked for it
     * @param delay until the first of its inputs asked for it
     */
    public record OfSubtask(
            int subtask,
            long bytes,
            long newBytes,
            @Nullable Duration duration,
            @Nullable Duration sync,
            @Nullable Duration async,
            @Nullable Duration alignment,
            @Nullable Duration delay) {}
}
