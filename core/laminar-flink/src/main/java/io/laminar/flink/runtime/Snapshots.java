package io.laminar.flink.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** Takes snapshots of a job; again if one is given up because a task ended just when it was to begin. */
final class Snapshots {
    private static final long START_POLL_MILLIS = 10;
    private static final int ATTEMPTS = 10;

    /** Flink gives a snapshot up after ten minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(11);

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);
    /** A task was about to begin or to end. */
    private static final Set<CheckpointFailureReason> RACES = Set.of(
            CheckpointFailureReason.TASK_CHECKPOINT_FAILURE,
            CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING,
            CheckpointFailureReason.CHECKPOINT_DECLINED,
            CheckpointFailureReason.CHECKPOINT_DECLINED_TASK_NOT_READY,
            CheckpointFailureReason.CHECKPOINT_DECLINED_TASK_CLOSING);

    private final JobView view;
    private final CompletableFuture<?> result;

    /** @param result complete when the job has ended */
    Snapshots(JobView view, CompletableFuture<?> result) {
        this.view = view;
        this.result = result;
    }

    /** Returns what a snapshot gives; null if the job ends before. */
    <T> @Nullable T take(Supplier<CompletableFuture<T>> start) throws InterruptedException, ExecutionException {
        for (int attempt = 1; !result.isDone(); attempt++) {
            awaitTasks();
            try {
                return told(start.get());
            } catch (IllegalStateException e) {
                // The job has ended, and its cluster with it; that is told in a moment.
                awaitEnd(e);
            } catch (ExecutionException e) {
                if (attempt == ATTEMPTS || !isRace(e)) {
                    throw e;
                }
                pause(attempt);
            }
        }
        return null;
    }

    private void awaitEnd(IllegalStateException otherwise) throws InterruptedException, ExecutionException {
        try {
            result.get(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw otherwise;
        }
    }

    /** What a snapshot gives; null if the job ends first. Flink may forget to tell when it lays the job out anew. */
    private <T> @Nullable T told(CompletableFuture<T> snapshot) throws InterruptedException, ExecutionException {
        CompletableFuture<T> limited = snapshot.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(limited.handle((done, failed) -> true), result.handle((done, failed) -> true))
                .get();
        return limited.isDone() ? limited.get() : null;
    }

    static boolean isRace(ExecutionException failure) {
        return ExceptionUtils.findSerializedThrowable(
                        failure, CheckpointException.class, Snapshots.class.getClassLoader())
                .map(CheckpointException::getCheckpointFailureReason)
                .filter(RACES::contains)
                .isPresent();
    }

    /** Waits until all tasks run or have run, because Flink refuses savepoints of a job that is still starting. */
    void awaitTasks() throws InterruptedException, ExecutionException {
        while (!result.isDone() && !view.allTasksStarted()) {
            pause(1);
        }
    }

    /** Waits between two looks at a job. */
    static void pause(int times) throws InterruptedException, ExecutionException {
        Executor later = CompletableFuture.delayedExecutor(times * START_POLL_MILLIS, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> {}, later).get();
    }
}
