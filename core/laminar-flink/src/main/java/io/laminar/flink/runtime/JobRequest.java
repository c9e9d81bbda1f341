package io.laminar.flink.runtime;

import io.laminar.flink.operator.OperatorSource;
import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to run.
 *
 * @param state folder whose checkpoints it continues and where it keeps its own, or a URL of an object store; null to
 *     keep none
 * @param from folder of a savepoint to start from; null to start from the state folder, if it has state
 * @param dropsState whether saved state of operators the plan does not have is dropped instead of refused
 * @param byOperator subtasks that single operators start with, by id of the plan or as {@link
 *     io.laminar.flink.scale.Parallelisms} names stages; those that are not named have what the settings say, and names
 *     that are not in the plan mean nothing
 * @param restarts how often the job starts again from its last checkpoint after a failure, or {@link #KEEP_TRYING}
 */
public record JobRequest(
        String name,
        StreamPlan plan,
        JobSettings settings,
        OperatorSource operators,
        Duration checkpointInterval,
        @Nullable String state,
        @Nullable String from,
        boolean dropsState,
        int restarts,
        Map<String, Integer> byOperator) {
    /** Starts again after every failure that another start might get over, later and later. */
    public static final int KEEP_TRYING = Integer.MAX_VALUE;

    public JobRequest {
        byOperator = Map.copyOf(byOperator);
    }

    /** All operators start with what the settings say. */
    public JobRequest(
            String name,
            StreamPlan plan,
            JobSettings settings,
            OperatorSource operators,
            Duration checkpointInterval,
            @Nullable String state,
            @Nullable String from,
            boolean dropsState,
            int restarts) {
        this(name, plan, settings, operators, checkpointInterval, state, from, dropsState, restarts, Map.of());
    }

    /** A job as the plan's settings describe it; it fails at its first failure. */
    public static JobRequest of(String name, StreamPlan plan, OperatorSource operators, @Nullable String state) {
        long interval = plan.settings().values().duration(PipelineSettings.CHECKPOINT_INTERVAL);
        return new JobRequest(
                name,
                plan,
                JobSettings.of(plan.settings(), System.nanoTime()),
                operators,
                Duration.of(interval, ChronoUnit.MICROS),
                state,
                null,
                false,
                0);
    }

    public JobRequest withSettings(JobSettings replacement) {
        return new JobRequest(
                name, plan, replacement, operators, checkpointInterval, state, from, dropsState, restarts, byOperator);
    }

    public JobRequest withPlan(StreamPlan replacement) {
        return new JobRequest(
                name,
                replacement,
                settings,
                operators,
                checkpointInterval,
                state,
                from,
                dropsState,
                restarts,
                byOperator);
    }

    public JobRequest withCheckpointInterval(Duration interval) {
        return new JobRequest(name, plan, settings, operators, interval, state, from, dropsState, restarts, byOperator);
    }

    public JobRequest withRestarts(int count) {
        return new JobRequest(
                name, plan, settings, operators, checkpointInterval, state, from, dropsState, count, byOperator);
    }

    /** @param savepoint folder of a savepoint */
    public JobRequest startingFrom(@Nullable String savepoint) {
        return new JobRequest(
                name,
                plan,
                settings,
                operators,
                checkpointInterval,
                state,
                savepoint,
                dropsState,
                restarts,
                byOperator);
    }

    public JobRequest droppingState(boolean drops) {
        return new JobRequest(
                name, plan, settings, operators, checkpointInterval, state, from, drops, restarts, byOperator);
    }

    /** @param numbers of subtasks that operators start with */
    public JobRequest withOperators(Map<String, Integer> numbers) {
        return new JobRequest(
                name, plan, settings, operators, checkpointInterval, state, from, dropsState, restarts, numbers);
    }
}
