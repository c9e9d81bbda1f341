package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.operator.CheckpointProblems;
import io.laminar.flink.operator.JobErrors;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** A job that has been started. Methods may be called by any thread. */
public final class RunningJob {
    private static final long START_POLL_MILLIS = 10;
    private static final int SNAPSHOT_ATTEMPTS = 10;
    /** Polls between two looks at a job that is about to change. */
    private static final int SETTLE = 10;
    /** How long a checkpoint may take before another one is asked for. */
    private static final Duration CHECKPOINT_PATIENCE = Duration.ofSeconds(30);

    /** Flink gives a snapshot up after ten minutes. */
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(11);
    /** A task was about to begin or to end. */
    private static final Set<CheckpointFailureReason> RACES = Set.of(
            CheckpointFailureReason.TASK_CHECKPOINT_FAILURE,
            CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING,
            CheckpointFailureReason.CHECKPOINT_DECLINED,
            CheckpointFailureReason.CHECKPOINT_DECLINED_TASK_NOT_READY,
            CheckpointFailureReason.CHECKPOINT_DECLINED_TASK_CLOSING);

    private final ClusterClient<?> cluster;
    private final JobID id;
    private final JobView view;
    private final @Nullable StateFolder state;
    private final @Nullable String savepoints;
    private final @Nullable StateReport report;
    private final List<RowFetch> fetches;
    private final CompletableFuture<JobResult> result;
    private volatile boolean stopped;

    /** How a job ended, unless it failed. */
    public enum End {
        /** All input has been read. */
        FINISHED,
        /** It was stopped; with a state folder it can go on from there. */
        STOPPED
    }

    /**
     * @param state that was opened for this run; null if there is none or the job was started by somebody else
     * @param savepoints where the one goes with which it is stopped; null to stop it without one
     * @param report what the state it started from means for it; null if it started from none
     */
    RunningJob(
            ClusterClient<?> cluster,
            JobID id,
            JobView view,
            @Nullable StateFolder state,
            @Nullable String savepoints,
            @Nullable StateReport report,
            List<RowFetch> fetches) {
        this.cluster = cluster;
        this.id = id;
        this.view = view;
        this.state = state;
        this.savepoints = savepoints;
        this.report = report;
        this.fetches = fetches;
        this.result = cluster.requestJobResult(id);
        if (state != null) {
            CompletableFuture<?> unused = state.lost().thenCompose(nothing -> cluster.cancel(id));
        }
    }

    /**
     * Waits until the job ends.
     *
     * @throws LaminarException what made it fail
     */
    public End await() throws InterruptedException {
        try {
            JobResult outcome = result.get();
            view.ended();
            if (state != null && state.lost().isDone()) {
                throw state.taken();
            }
            JobStatus status = outcome.getJobStatus().orElse(JobStatus.FAILED);
            if (status == JobStatus.FAILED && !stopped) {
                throw failure(outcome);
            }
            boolean finished = status == JobStatus.FINISHED && !stopped;
            if (finished) {
                for (RowFetch fetch : fetches) {
                    fetch.finish();
                }
            }
            if (finished && state != null) {
                state.finish();
            } else if (state != null) {
                state.runsNowhere();
            }
            return finished ? End.FINISHED : End.STOPPED;
        } catch (ExecutionException e) {
            throw Failures.lost(id.toHexString(), e);
        } finally {
            JobErrors.take(id);
            CheckpointProblems.forget(id);
            if (state != null) {
                state.close();
            }
        }
    }

    private LaminarException failure(JobResult outcome) {
        Throwable cause = outcome.getSerializedThrowable().orElse(null);
        if (cause == null) {
            return new LaminarException(ErrorCode.JOB_FAILED, "the job failed without saying why");
        }
        if (Failures.mentions(cause, "Exceeded checkpoint tolerable failure threshold")) {
            return new LaminarException(
                    ErrorCode.CHECKPOINT_FAILED,
                    JobGraphs.TOLERATED_CHECKPOINT_FAILURES + 1 + " checkpoints in a row could not be written: "
                            + checkpointProblem().orElse("no reason given"),
                    null,
                    "nothing is lost: started again with the same --state, the pipeline goes on from its last"
                            + " complete checkpoint",
                    cause);
        }
        LaminarException failure = Failures.of(cause);
        return failure.code() == ErrorCode.JOB_FAILED ? JobErrors.take(id).orElse(failure) : failure;
    }

    /** Checkpoints are also given up because tasks or the job begin, end or fail, which is told elsewhere. */
    private static boolean isProblem(String message) {
        return !message.contains("suspending")
                && !message.contains("was declined")
                && !message.contains("shutting down")
                && !message.contains("unknown task")
                && !message.contains("Not all required tasks are currently running");
    }

    /** The job's id on its cluster: 32 hexadecimal digits. */
    public String id() {
        return id.toHexString();
    }

    /** What the saved state it started from means for the job; empty if it started from none. */
    public Optional<StateReport> stateReport() {
        return Optional.ofNullable(report);
    }

    /** Begins a checkpoint and does not wait for it. */
    CompletableFuture<Long> startCheckpoint() {
        return cluster.triggerCheckpoint(id, CheckpointType.CONFIGURED);
    }

    /** Takes a checkpoint now and waits until it is complete. */
    public void checkpoint() throws InterruptedException {
        try {
            snapshot(this::startCheckpoint);
        } catch (ExecutionException e) {
            throw new LaminarException(
                    ErrorCode.CHECKPOINT_FAILED,
                    "a checkpoint could not be written: " + Failures.of(e).reason());
        }
    }

    /**
     * Saves the state of the job, which goes on. Nothing ever deletes a savepoint.
     *
     * @param folder where it gets a folder of its own; null for {@code savepoints} in the job's state folder
     * @throws LaminarException CHECKPOINT_FAILED if it cannot be written, USAGE if there is no folder
     */
    public Savepoint savepoint(@Nullable String folder) throws InterruptedException {
        String own = savepoints == null ? null : StateFolder.keptSavepoints(savepoints);
        String target = folder == null ? own : Savepoint.uri(folder);
        if (target == null) {
            throw new LaminarException(
                    ErrorCode.USAGE, "the job keeps no state folder for savepoints", "name a folder: --to DIR");
        }
        Map<String, String> parameters = asked(view::parameters);
        try {
            Object path = snapshot(() -> cluster.triggerSavepoint(id, target, SavepointFormatType.NATIVE));
            if (path == null) {
                throw new LaminarException(ErrorCode.CHECKPOINT_FAILED, "the job has ended");
            }
            Savepoint savepoint = new Savepoint(
                    path.toString(),
                    JobParameters.name(parameters),
                    Instant.now(),
                    JobParameters.maxParallelism(parameters),
                    JobParameters.operators(parameters));
            savepoint.describe();
            return savepoint;
        } catch (ExecutionException e) {
            throw unsaved(e);
        }
    }

    /** The last failure from which the job starts, or has started, again. */
    public Optional<JobFailure> lastFailure() {
        try {
            return view.lastFailure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /** Leaves the job running where it is: whoever wants it again finds it by its id. */
    public void leave() {
        if (state != null) {
            state.close();
        }
    }

    /** Why the last checkpoint that failed did, if there is one. */
    public Optional<String> checkpointProblem() {
        try {
            return view.lastCheckpointFailure().filter(RunningJob::isProblem).map(message -> CheckpointProblems.last(id)
                    .orElse(message));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(Failures.of(e).reason());
        }
    }

    /**
     * Stops the job: with a state folder after a savepoint, otherwise at once. Returns when it has been stopped.
     *
     * @throws LaminarException if the savepoint could not be made; the job goes on then
     */
    public void stop() throws InterruptedException {
        String folder = savepoints;
        if (folder == null) {
            cancel();
            return;
        }
        // A savepoint that meets a task just as it ends fails the whole job in Flink. After this checkpoint that does
        // no harm: the state of this moment is kept either way.
        checkpoint();
        stopped = true;
        try {
            cluster.stopWithSavepoint(id, false, folder, SavepointFormatType.NATIVE)
                    .get();
        } catch (ExecutionException e) {
            if (!isRace(e) && !result.isDone()) {
                stopped = false;
                throw unsaved(e);
            }
            cancel();
        }
    }

    private static LaminarException unsaved(ExecutionException failure) {
        return new LaminarException(
                ErrorCode.CHECKPOINT_FAILED,
                "the state could not be saved: " + Failures.of(failure).reason(),
                null,
                "the job goes on",
                failure);
    }

    /**
     * Takes a snapshot; again if it was given up because a task ended just when it was to begin. Returns what it gives,
     * null if the job ends before.
     */
    private <T> @Nullable T snapshot(Supplier<CompletableFuture<T>> start)
            throws InterruptedException, ExecutionException {
        for (int attempt = 1; !result.isDone(); attempt++) {
            awaitTasks();
            try {
                return told(start.get());
            } catch (ExecutionException e) {
                if (attempt == SNAPSHOT_ATTEMPTS || !isRace(e)) {
                    throw e;
                }
                pause(attempt);
            }
        }
        return null;
    }

    /** What a snapshot gives; null if the job ends first. Flink may forget to tell when it lays the job out anew. */
    private <T> @Nullable T told(CompletableFuture<T> snapshot) throws InterruptedException, ExecutionException {
        CompletableFuture<T> limited = snapshot.orTimeout(SNAPSHOT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(limited.handle((done, failed) -> true), result.handle((done, failed) -> true))
                .get();
        return limited.isDone() ? limited.get() : null;
    }

    private static void pause(int times) throws InterruptedException, ExecutionException {
        Executor later = CompletableFuture.delayedExecutor(times * START_POLL_MILLIS, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> {}, later).get();
    }

    private static boolean isRace(ExecutionException failure) {
        return ExceptionUtils.findSerializedThrowable(
                        failure, CheckpointException.class, RunningJob.class.getClassLoader())
                .map(CheckpointException::getCheckpointFailureReason)
                .filter(RACES::contains)
                .isPresent();
    }

    /** Waits until all tasks run or have run, because Flink refuses savepoints of a job that is still starting. */
    private void awaitTasks() throws InterruptedException, ExecutionException {
        while (!result.isDone() && !view.allTasksStarted()) {
            pause(1);
        }
    }

    /** Ends the job at once, without a savepoint; its last checkpoint is kept. */
    public void cancel() throws InterruptedException {
        stopped = true;
        try {
            cluster.cancel(id).get();
            result.get();
        } catch (ExecutionException e) {
            if (!result.isDone()) {
                throw Failures.of(e);
            }
        }
    }

    public boolean isDone() {
        return result.isDone();
    }

    public JobProgress progress() {
        return view.progress();
    }

    /** The stages of the job, in the order of rows. */
    public StageGraph stages() throws InterruptedException {
        return asked(view::stages);
    }

    /** How busy the stages were since the last call, by id of the stage. */
    public Map<String, StageLoad> loads() throws InterruptedException {
        return asked(view::loads);
    }

    /** Subtasks of one stage that the cluster has room for. */
    public int slots() throws InterruptedException {
        return asked(view::slots);
    }

    private <T> T asked(Callable<T> question) throws InterruptedException {
        try {
            return question.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw Failures.of(e);
        }
    }

    /**
     * Gives stages more or fewer subtasks, all in one step from a checkpoint taken for it. Rows of the job come out
     * exactly as without. Returns when all stages run with the wanted numbers, or when the job has ended.
     *
     * @throws LaminarException RESCALE_REFUSED if the job cannot have those numbers; it goes on as it was
     */
    public void rescale(Parallelisms wanted) throws InterruptedException {
        Map<String, Integer> numbers = stages().change(wanted);
        int most = numbers.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        int slots = slots();
        if (most > slots) {
            throw new LaminarException(
                    ErrorCode.RESCALE_REFUSED,
                    most + " subtasks need " + most + " slots, and the cluster has " + slots,
                    "start another worker, or ask for fewer");
        }
        try {
            view.require(Rescaling.requirements(numbers)).get();
            CompletableFuture<?> checkpoint = CompletableFuture.completedFuture(null);
            while (!result.isDone() && !(view.allTasksStarted() && Rescaling.isDone(view.stages(), numbers))) {
                // The change comes with the next checkpoint. Flink may forget to tell how one ended that was about to
                // start as the job was laid out anew, so nothing waits for its end alone.
                if (checkpoint.isDone()) {
                    checkpoint = startCheckpoint()
                            .orTimeout(CHECKPOINT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .handle((done, failed) -> true);
                }
                pause(SETTLE);
            }
        } catch (ExecutionException e) {
            throw Failures.of(e);
        }
    }
}
