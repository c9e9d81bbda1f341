package io.laminar.flink.runtime;

import io.laminar.flink.metrics.FigureTracker;
import io.laminar.flink.metrics.JobFigures;
import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.jspecify.annotations.Nullable;

/** A job that has been started. Methods may be called by any thread. */
public final class RunningJob {
    /** Polls between two looks at a job that is about to change. */
    private static final int SETTLE = 10;
    /** How long a checkpoint may take before another one is asked for. */
    private static final Duration CHECKPOINT_PATIENCE = Duration.ofSeconds(30);
    /** How long a job that is stopped by force may take. */
    private static final Duration FORCE_PATIENCE = Duration.ofSeconds(5);

    private final ClusterClient<?> cluster;
    private final JobID id;
    private final JobView view;
    private final @Nullable String savepoints;
    private final @Nullable StateReport report;
    private final JobEnding ending;
    private final Snapshots snapshots;
    private final CompletableFuture<JobEnd> end;
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private final FigureTracker tracker = new FigureTracker();
    private volatile boolean hasRun;
    private volatile boolean rescaling;
    private volatile boolean stopping;

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
        this.savepoints = savepoints;
        this.report = report;
        this.ending = new JobEnding(id, view, state, fetches, cluster.requestJobResult(id));
        this.end = ending.end();
        this.snapshots = new Snapshots(view, end);
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
        JobEnd reached = awaitEnd();
        if (reached.failure() != null) {
            throw reached.failure();
        }
        return reached.state() == JobState.FINISHED ? End.FINISHED : End.STOPPED;
    }

    private JobEnd awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw Failures.of(e);
        }
    }

    /** Complete when the job has ended and its state folder is free again; never completes with a failure. */
    public CompletableFuture<JobEnd> end() {
        return end.copy();
    }

    /** Complete when the job has been given up because it does not react to being cancelled. */
    CompletableFuture<Void> abandoned() {
        return abandoned;
    }

    /**
     * Waits until all tasks of the job run, or have run.
     *
     * @return false if they do not within some time
     * @throws LaminarException what made the job fail before
     */
    public boolean awaitRunning(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!state().isEnd()) {
            if (hasRun) {
                return true;
            } else if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Snapshots.pause(1);
            } catch (ExecutionException e) {
                throw Failures.of(e);
            }
        }
        await();
        return true;
    }

    /**
     * What the job is doing now.
     *
     * @throws LaminarException CLUSTER_UNREACHABLE
     */
    public JobState state() throws InterruptedException {
        JobEnd reached = end.getNow(null);
        if (reached != null) {
            return reached.state();
        }
        JobStatus status = asked(view::status);
        boolean running = status == JobStatus.RUNNING && asked(view::allTasksStarted);
        hasRun |= running;
        if (stopping || status == JobStatus.CANCELLING || status.isGloballyTerminalState()) {
            return JobState.STOPPING;
        } else if (rescaling) {
            return JobState.RESCALING;
        } else if (running) {
            return JobState.RUNNING;
        }
        boolean failed = status == JobStatus.FAILING || status == JobStatus.RESTARTING;
        return hasRun || failed ? JobState.RECOVERING : JobState.SCHEDULING;
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
            snapshots.take(this::startCheckpoint);
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
            Object path = snapshots.take(() -> cluster.triggerSavepoint(id, target, SavepointFormatType.NATIVE));
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
            JobStatus status = view.status();
            // A job that fails for good does not start again.
            boolean ending =
                    status.isGloballyTerminalState() || status == JobStatus.FAILING || status == JobStatus.CANCELLING;
            return ending ? Optional.empty() : view.failures().stream().findFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /** The failures of the job, the last one first, also after it has ended; at least the last few. */
    public List<JobFailure> failures() throws InterruptedException {
        return asked(view::failures);
    }

    /** The last checkpoints and savepoints of the job, the latest first, also after it has ended. */
    public List<Checkpoint> checkpoints() throws InterruptedException {
        return asked(view::checkpoints);
    }

    /** One of the last checkpoints with the parts of subtasks; empty if it is not known, or not any more. */
    public Optional<CheckpointDetails> checkpoint(long number) throws InterruptedException {
        return asked(() -> view.checkpoint(number));
    }

    /** What the job does now; rates are since the call before. Also after it has ended. */
    public JobFigures figures(Clock clock) throws InterruptedException {
        List<Checkpoint> known = checkpoints();
        Optional<Checkpoint> last = known.stream()
                .filter(one -> one.state() == Checkpoint.State.COMPLETED)
                .findFirst();
        long count = progress().checkpoints();
        synchronized (tracker) {
            return tracker.look(
                    clock.instant(),
                    asked(view::operators),
                    count,
                    last.map(Checkpoint::duration).orElse(null),
                    last.map(Checkpoint::bytes).orElse(0L));
        }
    }

    /** Leaves the job running where it is: whoever wants it again finds it by its id. */
    public void leave() {
        ending.leave();
    }

    /** Why the last checkpoint that failed did, if there is one. */
    public Optional<String> checkpointProblem() {
        return ending.checkpointProblem();
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
        stopping = true;
        try {
            // A savepoint that meets a task just as it ends fails the whole job in Flink. After this checkpoint
            // that does no harm: the state of this moment is kept either way.
            checkpoint();
            ending.stopped(true);
            cluster.stopWithSavepoint(id, false, folder, SavepointFormatType.NATIVE)
                    .get();
            awaitEnd();
        } catch (LaminarException e) {
            stopping = false;
            throw e;
        } catch (ExecutionException e) {
            if (!Snapshots.isRace(e) && !isDone()) {
                ending.stopped(false);
                stopping = false;
                throw unsaved(e);
            }
            cancel();
        }
    }

    /**
     * Stops the job in one of several ways. Returns when it has ended; FORCE also when it has not within some seconds.
     *
     * @throws LaminarException if the savepoint could not be made, or the end of the input not be reached; the job goes
     *     on then
     */
    public void stop(StopMode mode) throws InterruptedException {
        switch (mode) {
            case CHECKPOINT -> stop();
            case GRACEFUL -> drain();
            case IMMEDIATE -> cancel();
            case FORCE -> abandon();
        }
    }

    /** The savepoint that Flink takes at the end is what lets sinks commit. */
    private void drain() throws InterruptedException {
        if (isDone()) {
            return;
        }
        // A task that has only just begun may decline; after this checkpoint none has, and Flink need not give up.
        checkpoint();
        stopping = true;
        try {
            snapshots.take(() ->
                    cluster.stopWithSavepoint(id, true, view.lastSavepoint(savepoints), SavepointFormatType.NATIVE));
            JobEnd reached = awaitEnd();
            if (reached.failure() != null) {
                throw reached.failure();
            }
        } catch (ExecutionException e) {
            if (!isDone()) {
                stopping = false;
                throw unsaved(e);
            }
            await();
        }
    }

    private void abandon() throws InterruptedException {
        ending.stopped(true);
        stopping = true;
        CompletableFuture<?> cancelled = cluster.cancel(id);
        try {
            end.get(FORCE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // What does not react is left behind, as asked for.
            abandoned.complete(null);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        }
        if (cancelled.isCompletedExceptionally() && !isDone()) {
            throw new LaminarException(ErrorCode.CLUSTER_UNREACHABLE, "the cluster does not answer");
        }
    }

    private static LaminarException unsaved(ExecutionException failure) {
        return new LaminarException(
                ErrorCode.CHECKPOINT_FAILED,
                "the state could not be saved: " + Failures.of(failure).reason(),
                null,
                "the job was not stopped: it goes on, from its last checkpoint if the failure was its own",
                failure);
    }

    /** Ends the job at once, without a savepoint; its last checkpoint is kept. */
    public void cancel() throws InterruptedException {
        if (isDone()) {
            return;
        }
        ending.stopped(true);
        stopping = true;
        try {
            cluster.cancel(id).get();
        } catch (ExecutionException e) {
            if (!isDone()) {
                throw Failures.of(e);
            }
        }
        awaitEnd();
    }

    public boolean isDone() {
        return end.isDone();
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
        rescaling = true;
        try {
            view.require(Rescaling.requirements(numbers)).get();
            CompletableFuture<?> checkpoint = CompletableFuture.completedFuture(null);
            while (!isDone() && !(view.allTasksStarted() && Rescaling.isDone(view.stages(), numbers))) {
                // The change comes with the next checkpoint. Flink may forget to tell how one ended that was about to
                // start as the job was laid out anew, so nothing waits for its end alone.
                if (checkpoint.isDone()) {
                    checkpoint = startCheckpoint()
                            .orTimeout(CHECKPOINT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .handle((done, failed) -> true);
                }
                Snapshots.pause(SETTLE);
            }
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } finally {
            rescaling = false;
        }
    }
}
