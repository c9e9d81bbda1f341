package io.laminar.flink.runtime;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Takes checkpoints that failed again, without waiting for the next interval. A job whose input has ended waits for one
 * last checkpoint, which Flink starts only once: if a task declines it because an earlier checkpoint lets it close just
 * then, the job would wait until the next interval, which may be a day.
 *
 * <p>A checkpoint that could not be written is tried again after {@link #PATIENCE} if the interval is longer.
 */
final class CheckpointRetries {
    private static final Duration POLL = Duration.ofMillis(100);

    /** How long a disk that is full may stay so before a job with a long interval looks again. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Flink gives a checkpoint up before, and may forget to tell when it lays the job out anew. */
    private static final Duration LIMIT = Duration.ofMinutes(11);

    private final RunningJob job;
    private final Duration interval;
    private final ScheduledExecutorService timer;
    private long failuresSeen;

    CheckpointRetries(RunningJob job, Duration interval, ScheduledExecutorService timer) {
        this.job = job;
        this.interval = interval;
        this.timer = timer;
    }

    /** Watches until the job ends. All that follows runs in the timer's only thread. */
    void watch() {
        later(this::look, POLL);
    }

    private void look() {
        long failures = job.progress().failedCheckpoints();
        if (failures == failuresSeen) {
            watch();
            return;
        }
        failuresSeen = failures;
        if (job.checkpointProblem().isEmpty()) {
            retry();
        } else if (interval.compareTo(PATIENCE) > 0) {
            later(this::retry, PATIENCE);
        } else {
            watch();
        }
    }

    /** Should it fail too, the count of failures tells at the next look. */
    private void retry() {
        var unused = job.startCheckpoint()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> watch());
    }

    private void later(Runnable task, Duration delay) {
        if (job.isDone()) {
            return;
        }
        try {
            var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The cluster is being closed, and all its jobs with it.
            return;
        }
    }
}
