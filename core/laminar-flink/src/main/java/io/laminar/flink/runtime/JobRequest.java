package io.laminar.flink.runtime;

import io.laminar.flink.operator.OperatorSource;
import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A job to run.
 *
 * @param state folder whose checkpoints it continues and where it keeps its own, or a URL of an object store; null to
 *     keep none
 * @param from folder of a savepoint to start from; null to start from the state folder, if it has state
 * @param dropsState whether saved state of operators the plan does not have is dropped instead of refused
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
        int restarts) {
    /** Starts again after every failure that another start might get over, later and later. */
    public static final int KEEP_TRYING = Integer.MAX_VALUE;

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
                name, plan, replacement, operators, checkpointInterval, state, from, dropsState, restarts);
    }

    public JobRequest withPlan(StreamPlan replacement) {
        return new JobRequest(
                name, replacement, settings, operators, checkpointInterval, state, from, dropsState, restarts);
    }

    public JobRequest withCheckpointInterval(Duration interval) {
        return new JobRequest(name, plan, settings, operators, interval, state, from, dropsState, restarts);
    }

    public JobRequest withRestarts(int count) {
        return new JobRequest(name, plan, settings, operators, checkpointInterval, state, from, dropsState, count);
    }

    /** @param savepoint folder of a savepoint */
    public JobRequest startingFrom(@Nullable String savepoint) {
        return new JobRequest(
                name, plan, settings, operators, checkpointInterval, state, savepoint, dropsState, restarts);
    }

    public JobRequest droppingState(boolean drops) {
        return new JobRequest(name, plan, settings, operators, checkpointInterval, state, from, drops, restarts);
    }
}
