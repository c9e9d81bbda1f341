package io.laminar.server.job;

import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.runtime.StopMode;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.metadata.Job;
import io.laminar.metadata.Jobs;
import io.laminar.metadata.Pipeline;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jobs that are not over, each with its runner. */
public final class JobSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobSupervisor.class);
    private static final long LOOK_MILLIS = 250;
    private static final long LEAVE_SECONDS = 30;

    private final Jobs jobs;
    private final JobRuntime runtime;
    private final boolean embedded;
    private final FailureText failures;
    private final JobEnds ends;
    private final JobObserver observer;
    private final JobRecords records;
    private final long restarts;
    private final Map<String, JobRunner> runners = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> thread(task, "jobs"));
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(2, task -> thread(task, "look at jobs"));

    /** Is told when a job has ended. */
    @FunctionalInterface
    public interface JobEnds {
        void ended(Job job);
    }

    /**
     * @param embedded whether jobs run in this process and die with it
     * @param restarts of a job in a row without a checkpoint completed; 0 for any number
     */
    public JobSupervisor(
            Jobs jobs,
            JobRuntime runtime,
            boolean embedded,
            long restarts,
            FailureText failures,
            JobEnds ends,
            JobObserver observer) {
        this.jobs = jobs;
        this.runtime = runtime;
        this.embedded = embedded;
        this.restarts = restarts;
        this.failures = failures;
        this.ends = ends;
        this.observer = observer;
        this.records = new JobRecords(runtime);
        Future<?> unused = timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        for (JobRunner runner : runners.values()) {
            try {
                runner.look();
            } catch (RuntimeException e) {
                LOG.warn("job {} cannot be looked at", runner.id(), e);
            }
        }
    }

    /** Starts a new job of the present version of a pipeline, in the background. */
    public Job start(Pipeline pipeline, JobLaunch launch) {
        Job job = jobs.create(pipeline, new JobState.Created().text());
        runner(job).start(job, launch);
        return job;
    }

    private JobRunner runner(Job job) {
        Restarts known = new Restarts(restarts, job.restarts(), Trouble.read(job.trouble()));
        JobRunner runner =
                new JobRunner(jobs, job, observer, runtime, workers, failures, records, timer, known, this::ended);
        runners.put(job.id(), runner);
        return runner;
    }

    private void ended(JobRunner runner) {
        runners.remove(runner.id());
        jobs.find(runner.id()).ifPresent(ends::ended);
    }

    /** Takes up the jobs that a process before this one has left, in whatever way it ended. */
    public void resume(JobLaunch launch) throws InterruptedException {
        for (Job job : jobs.allIn(JobState.NOT_ENDED)) {
            resume(job, launch);
        }
    }

    private void resume(Job job, JobLaunch launch) throws InterruptedException {
        JobRunner runner = runner(job);
        RunningJob found = embedded ? null : find(job, launch);
        if (found != null) {
            LOG.info("job {} goes on as {}", job.id(), found.id());
            runner.adopt(found, job, launch);
        } else if (runner.abandon()) {
            LOG.info("job {} starts again", job.id());
            runner.start(job, launch);
        }
    }

    private @Nullable RunningJob find(Job job, JobLaunch launch) throws InterruptedException {
        String id = job.clusterJob();
        if (id == null) {
            return null;
        }
        try {
            return runtime.find(id, launch.state(job));
        } catch (LaminarException e) {
            if (e.code() == ErrorCode.CLUSTER_UNREACHABLE) {
                throw e;
            }
            return null;
        }
    }

    /**
     * The runner of a job that is not over.
     *
     * @throws LaminarException WRONG_STATE if it is over, NOT_FOUND
     */
    private JobRunner active(String id) {
        JobRunner runner = runners.get(id);
        if (runner != null) {
            return runner;
        }
        Job job = jobs.get(id);
        throw new LaminarException(
                ErrorCode.WRONG_STATE,
                "the job has ended: " + job.state(),
                "start the pipeline again, which gives it another job");
    }

    /** @throws LaminarException WRONG_STATE, NOT_FOUND */
    public void stop(String id, StopMode mode) {
        active(id).stop(mode);
    }

    /** @throws LaminarException WRONG_STATE, NOT_FOUND, RESCALE_REFUSED */
    public void rescale(String id, Parallelisms wanted) throws InterruptedException {
        active(id).rescale(wanted);
    }

    /** What can be seen of jobs. */
    public JobRecords records() {
        return records;
    }

    public boolean isActive(String id) {
        return runners.containsKey(id);
    }

    /** How many are not over. */
    public int active() {
        return runners.size();
    }

    /** Leaves all jobs to the next process: those of this process save their state first. */
    @Override
    public void close() {
        timer.shutdownNow();
        List<Future<?>> leaving = new ArrayList<>();
        for (JobRunner runner : runners.values()) {
            leaving.add(workers.submit(() -> {
                runner.leave(embedded);
                return true;
            }));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAVE_SECONDS);
        try {
            for (Future<?> one : leaving) {
                one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("some jobs go on from their last checkpoints, not from where they are now");
        } catch (java.util.concurrent.ExecutionException e) {
            LOG.warn("a job could not be left", e.getCause());
        }
        workers.shutdownNow();
        records.close();
    }
}
