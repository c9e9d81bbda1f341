package io.laminar.server.job;

import io.laminar.flink.runtime.Autoscaler;
import io.laminar.flink.runtime.JobFailure;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.runtime.StopMode;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.flink.scale.ScalingDecision;
import io.laminar.flink.scale.ScalingLimits;
import io.laminar.metadata.Job;
import io.laminar.metadata.Jobs;
import io.laminar.server.job.JobState.Active;
import io.laminar.server.job.JobState.Alive;
import io.laminar.server.job.JobState.Created;
import io.laminar.server.job.JobState.Ended;
import io.laminar.server.job.JobState.Recovering;
import io.laminar.server.job.JobState.Rescaling;
import io.laminar.server.job.JobState.Running;
import io.laminar.server.job.JobState.Scheduling;
import io.laminar.server.job.JobState.Stopping;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineErrors;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one job through its life. What takes long (starting, stopping, rescaling) happens one after the other in the
 * background; only a harder way of stopping overtakes what is going on.
 */
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private static final Duration START_PATIENCE = Duration.ofSeconds(10);

    private final JobLog log;
    private final JobRuntime runtime;
    private final Executor executor;
    private final FailureText failures;
    private final JobRecords records;
    private final ScheduledExecutorService timer;
    private final Consumer<JobRunner> whenEnded;
    private final Steps steps;
    private boolean left;
    private @Nullable RunningJob running;
    private final Restarts restarts;
    private @Nullable JobFailure last;

    /** @param whenEnded called once when the job has ended */
    JobRunner(
            Jobs jobs,
            Job job,
            JobObserver observer,
            JobRuntime runtime,
            Executor executor,
            FailureText failures,
            JobRecords records,
            ScheduledExecutorService timer,
            Restarts restarts,
            Consumer<JobRunner> whenEnded) {
        this.log = new JobLog(jobs, job, observer);
        this.runtime = runtime;
        this.executor = executor;
        this.steps = new Steps(executor, this::broken);
        this.failures = failures;
        this.records = records;
        this.timer = timer;
        this.restarts = restarts;
        this.whenEnded = whenEnded;
    }

    String id() {
        return log.id();
    }

    JobState state() {
        return log.state();
    }

    /** The job on its cluster, if it is there. */
    synchronized Optional<RunningJob> running() {
        return Optional.ofNullable(running);
    }

    // Starting

    /** Starts the job in the background. */
    void start(Job job, JobLaunch launch) {
        steps.add(() -> submit(job, launch));
    }

    private void submit(Job job, JobLaunch launch) throws InterruptedException {
        synchronized (this) {
            if (left) {
                return;
            }
            if (state() instanceof Created created) {
                log.move(created.schedule());
            } else if (!(state() instanceof Scheduling || state() instanceof Recovering)) {
                return;
            }
        }
        try {
            JobRequest request = launch.request(job);
            if (JobRuntime.hasFinished(request)) {
                ended(RunningJob.End.FINISHED, null);
                return;
            }
            StartedJob started = StartedJob.submit(runtime, job.pipeline(), request);
            restarts.begins();
            log.restarts(restarts);
            attach(started);
        } catch (LaminarException | PipelineErrors e) {
            ended(null, e);
        }
    }

    /**
     * Notes that the process which ran the job has died, and its job with it.
     *
     * @return whether it is to start again; otherwise it was being stopped, and is
     */
    synchronized boolean abandon() {
        JobState state = state();
        if (state instanceof Stopping stopping) {
            end(stopping.stopped());
            return false;
        } else if (state instanceof Alive alive && !(alive instanceof Recovering)) {
            log.move(alive.recover());
        }
        return true;
    }

    /** Goes on with a job that was started before, by a process that has died. */
    void adopt(RunningJob found, Job job, JobLaunch launch) {
        steps.add(() -> {
            JobRequest request = null;
            try {
                request = launch.request(job);
            } catch (LaminarException | PipelineErrors e) {
                LOG.warn("job {} is not scaled: its query cannot be planned any more", id());
            }
            if (request != null && state() instanceof Alive && StartedJob.shows(request)) {
                startOver(found, job, launch);
                return;
            }
            attach(StartedJob.found(found, request));
            if (state() instanceof Stopping stopping) {
                stopIn(stopping.mode());
            }
        });
    }

    /**
     * Starts a job again whose rows went to the process that has died: where the next row is to be fetched from was known
     * there alone, and the job waits for somebody who fetches.
     */
    private void startOver(RunningJob found, Job job, JobLaunch launch) throws InterruptedException {
        try {
            found.cancel();
        } catch (LaminarException e) {
            ended(null, e);
            return;
        }
        synchronized (this) {
            if (state() instanceof Alive alive && !(alive instanceof Recovering)) {
                log.move(alive.recover());
            }
        }
        submit(job, launch);
    }

    private void attach(StartedJob started) {
        RunningJob job = started.job();
        synchronized (this) {
            records.started(id(), JobRecord.of(job, started.output(), timer));
            running = job;
            if (log.state() instanceof Alive alive) {
                log.move(alive, new Jobs.Change(alive.text(), job.id(), null, false, false));
            }
        }
        ScalingLimits scaling = started.scaling();
        if (scaling != null) {
            new Autoscaler(job, scaling, Clock.systemUTC(), this::scaled).start(timer);
        }
        Thread watcher = new Thread(() -> awaitEnd(job), "end of " + id());
        watcher.setDaemon(true);
        watcher.start();
        steps.beside(() -> {
            // What takes longer is found when the job is looked at.
            if (job.awaitRunning(START_PATIENCE)) {
                becomesRunning();
            }
        });
    }

    /** All tasks run. */
    private synchronized void becomesRunning() {
        if (running == null || running.isDone()) {
            return;
        }
        JobState state = state();
        if (state instanceof Scheduling scheduling) {
            log.move(scheduling.run(), new Jobs.Change("Running", null, null, true, false));
        } else if (state instanceof Recovering recovering) {
            log.move(recovering.run(), new Jobs.Change("Running", null, null, true, false));
        }
    }

    private void scaled(ScalingDecision decision) {
        if (!decision.changes().isEmpty()) {
            log.note(JobLog.SCALING, decision.toString(), "{}");
        }
    }

    // Looking

    /** Looks whether the job has failed and starts again, or has got over it. */
    void look() {
        RunningJob job;
        synchronized (this) {
            job = running;
            if (job == null || left || job.isDone()) {
                return;
            }
        }
        job.lastFailure().ifPresent(failure -> failedOnce(job, failure));
        try {
            switch (job.state()) {
                case RUNNING -> becomesRunning();
                case RECOVERING -> recovers();
                default -> {
                    // What else it does was asked for here, or is told by its end.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void recovers() {
        if (state() instanceof Running now) {
            log.move(now.recover());
        } else if (state() instanceof Scheduling now) {
            log.move(now.recover());
        }
    }

    private void failedOnce(RunningJob job, JobFailure failure) {
        synchronized (this) {
            if (last != null || restarts.knows(failure)) {
                return;
            }
        }
        JobFailure end = restarts.failed(failure, job.progress().checkpoints()).orElse(null);
        log.restarts(restarts);
        log.note(JobLog.ERROR, failure.reason(), failures.text(failure));
        if (end != null) {
            synchronized (this) {
                last = end;
            }
            LOG.info("job {} is given up: {}", id(), failure.reason());
            steps.beside(() -> giveUp(job));
        }
    }

    /** Ends the job, which would fail for ever; its last checkpoint is kept. */
    private void giveUp(RunningJob job) throws InterruptedException {
        try {
            job.cancel();
        } catch (LaminarException e) {
            LOG.warn("job {} cannot be ended now and starts again: {}", id(), e.reason());
            synchronized (this) {
                last = null;
            }
        }
    }

    // Stopping

    /**
     * Begins to stop the job.
     *
     * @throws LaminarException WRONG_STATE if it has ended, or is being stopped already and not more gently
     */
    void stop(StopMode mode) {
        synchronized (this) {
            JobState state = state();
            if (state instanceof Created created) {
                log.note(JobLog.STOP, text(mode), "{}");
                end(created.stop());
                return;
            } else if (state instanceof Stopping stopping && !stopping.givesWayTo(mode)) {
                throw new LaminarException(
                        ErrorCode.WRONG_STATE,
                        "the job is being stopped already (" + text(stopping.mode()) + ")",
                        "to stop it at once: force");
            } else if (!(state instanceof Active active)) {
                throw new LaminarException(ErrorCode.WRONG_STATE, "the job " + state.action());
            } else {
                log.note(JobLog.STOP, text(mode), "{}");
                log.move(active.stop(mode));
            }
        }
        stopIn(mode);
    }

    private void stopIn(StopMode mode) {
        if (mode.compareTo(StopMode.IMMEDIATE) >= 0) {
            steps.beside(() -> stopAtOnce(mode));
        } else {
            steps.add(() -> stopGently(mode));
        }
    }

    private static String text(StopMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private void stopGently(StopMode mode) throws InterruptedException {
        RunningJob job;
        synchronized (this) {
            if (!(state() instanceof Stopping stopping) || stopping.mode() != mode) {
                return;
            }
            job = running;
            if (job == null) {
                end(stopping.stopped());
                return;
            }
        }
        try {
            job.stop(mode);
        } catch (LaminarException e) {
            synchronized (this) {
                log.note(JobLog.ERROR, e.reason(), failures.text(e));
                if (state() instanceof Stopping stopping && stopping.mode() == mode && !job.isDone()) {
                    log.move(stopping.run());
                }
            }
        }
    }

    private void stopAtOnce(StopMode mode) throws InterruptedException {
        RunningJob job;
        synchronized (this) {
            job = running;
            if (job == null) {
                // It is being handed over: whoever does that finds that it is to be stopped.
                steps.add(() -> {
                    RunningJob late = running().orElse(null);
                    if (late == null) {
                        synchronized (this) {
                            if (state() instanceof Stopping stopping) {
                                end(stopping.stopped());
                            }
                        }
                    } else {
                        late.stop(mode);
                    }
                });
                return;
            }
        }
        job.stop(mode);
    }

    // Rescaling

    /**
     * Begins to give operators other numbers of subtasks.
     *
     * @throws LaminarException RESCALE_REFUSED if the job cannot have them, WRONG_STATE if it does not run
     */
    void rescale(Parallelisms asked) throws InterruptedException {
        Parallelisms wanted = StageNumbers.of(asked, records.find(id()));
        RunningJob job;
        synchronized (this) {
            if (!(state() instanceof Running) || running == null) {
                throw new LaminarException(
                        ErrorCode.WRONG_STATE, "the job " + state().action() + "; only one that runs can be rescaled");
            }
            job = running;
        }
        job.stages().change(wanted);
        synchronized (this) {
            if (!(state() instanceof Running now)) {
                throw new LaminarException(ErrorCode.WRONG_STATE, "the job " + state().action());
            }
            log.move(now.rescale());
        }
        steps.add(() -> {
            try {
                job.rescale(wanted);
            } catch (LaminarException e) {
                log.note(JobLog.ERROR, e.reason(), failures.text(e));
            }
            synchronized (this) {
                if (state() instanceof Rescaling rescaling && !job.isDone()) {
                    log.move(rescaling.run());
                }
            }
        });
    }

    // The end

    private void awaitEnd(RunningJob job) {
        try {
            ended(job.await(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ended(null, e);
        }
    }

    private void ended(RunningJob.@Nullable End how, @Nullable RuntimeException failure) {
        // A remote cluster takes some seconds to tell.
        String text = failure == null
                ? null
                : FailedAt.of(running().orElse(null), failure)
                        .map(failures::text)
                        .orElseGet(() -> failures.text(failure));
        synchronized (this) {
            if (left) {
                return;
            }
            JobState state = state();
            if (state instanceof Ended || !(state instanceof Active active)) {
                return;
            }
            if (failure != null) {
                LOG.info("job {} has failed", id(), failure);
                log.note(JobLog.ERROR, failures.reason(failure), String.valueOf(text));
                end(active.fail(), text);
            } else if (active instanceof Stopping stopping) {
                end(how == RunningJob.End.FINISHED ? stopping.finish() : stopping.stopped());
            } else if (last != null) {
                end(active.fail(), failures.text(last));
            } else if (active instanceof Alive alive) {
                end(how == RunningJob.End.FINISHED ? alive.finish() : alive.stopped());
            }
        }
    }

    private void end(Ended state) {
        end(state, null);
    }

    /** @param text why it has failed, as JSON; null if it has not */
    private void end(Ended state, @Nullable String text) {
        // First, so that the next job of the pipeline finds its channel free.
        records.ended(id());
        log.move(state, new Jobs.Change(state.text(), null, text, false, true));
        executor.execute(() -> whenEnded.accept(this));
    }

    /**
     * Leaves the job to the next process: saves its state where it runs here, lets it run where it runs elsewhere. Its
     * state in the store stays as it is.
     */
    void leave(boolean embedded) throws InterruptedException {
        RunningJob job;
        synchronized (this) {
            left = true;
            job = running;
        }
        if (job == null || job.isDone()) {
            return;
        }
        if (!embedded) {
            job.leave();
            return;
        }
        try {
            job.stop();
        } catch (LaminarException e) {
            LOG.warn("job {} goes on from its last checkpoint, not from where it is now: {}", id(), e.reason());
        }
    }

    /** A step that went wrong in a way nobody thought of. */
    private void broken(RuntimeException failure) {
        LOG.error("job {}", id(), failure);
        if (running().isEmpty()) {
            ended(null, failure);
        }
    }
}
