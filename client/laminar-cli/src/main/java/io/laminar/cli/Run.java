package io.laminar.cli;

import io.laminar.cli.output.Preview;
import io.laminar.cli.progress.ProgressLine;
import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.runtime.Autoscaler;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.scale.ScalingDecision;
import io.laminar.flink.scale.ScalingLimits;
import io.laminar.spi.error.LaminarException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a pipeline, watched from the terminal. */
final class Run {
    private static final long REFRESH_MILLIS = 250;
    /** A terminal that takes no more text does not keep a process from ending. */
    private static final long LAST_WORDS_MILLIS = 1000;

    private final JobRuntime runtime;
    private final JobRequest request;
    private final Preview preview;
    private final ProgressLine progress;
    private final boolean remote;
    private final AtomicInteger interrupts = new AtomicInteger();
    private long failedCheckpoints;
    private long lastFailure;
    private String lastReason = "";

    /** @param remote whether the job runs in other processes, and goes on without this one */
    Run(JobRuntime runtime, JobRequest request, Preview preview, ProgressLine progress, boolean remote) {
        this.remote = remote;
        this.runtime = runtime;
        this.request = request;
        this.preview = preview;
        this.progress = progress;
    }

    /** Starts the job and leaves it running; prints its id. */
    int detached(PrintStream out) {
        if (JobRuntime.hasFinished(request)) {
            return sayFinished();
        }
        RunningJob job = start();
        job.leave();
        out.println(job.id());
        return ExitCode.DONE;
    }

    /** What is not as it was before is said: state never goes or stays away silently. */
    private RunningJob start() {
        RunningJob job = runtime.submit(request);
        job.stateReport().filter(report -> !report.isWhole()).ifPresent(report -> report.lines()
                .forEach(progress::say));
        return job;
    }

    private int sayFinished() {
        progress.say("The pipeline has run to its end with the state in '" + request.state()
                + "'. Delete the folder to run it again.");
        return ExitCode.DONE;
    }

    int toItsEnd() throws InterruptedException {
        if (JobRuntime.hasFinished(request)) {
            return sayFinished();
        }
        RunningJob job = start();
        Interrupts.handle(() -> interrupted(job));
        ScheduledExecutorService refresher = Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ScalingLimits.of(request.plan().settings())
                .ifPresent(limits -> new Autoscaler(job, limits, Clock.systemUTC(), this::tell).start(refresher));
        var refreshing = refresher.scheduleAtFixedRate(
                () -> refresh(job), REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        try {
            RunningJob.End end = job.await();
            refreshing.cancel(false);
            preview.finish();
            reportBadRecords(job);
            if (preview.isClosed()) {
                progress.clear();
            } else if (end == RunningJob.End.STOPPED) {
                progress.summary("Stopped", job.progress());
                String state = request.state();
                progress.say(
                        state == null
                                ? "Nothing was kept. With --state DIR a stopped pipeline can go on later."
                                : "The state is in '" + state + "': the same command goes on from here.");
            } else {
                progress.summary("Done", job.progress());
            }
            return interrupts.get() > 1 ? ExitCode.FAILED : ExitCode.DONE;
        } catch (LaminarException e) {
            refreshing.cancel(false);
            preview.show();
            progress.clear();
            throw e;
        } finally {
            refresher.shutdownNow();
        }
    }

    private void tell(ScalingDecision decision) {
        if (!decision.changes().isEmpty()) {
            progress.say("autoscaler: " + decision);
        }
    }

    /** Nothing is left out silently, not even where the table asks for it. */
    private void reportBadRecords(RunningJob job) {
        Long bad = job.progress().counters().get("bad_records");
        if (bad != null && bad > 0) {
            progress.say("note: " + bad + (bad == 1 ? " record" : " records") + " could not be decoded");
        }
    }

    private void refresh(RunningJob job) {
        JobProgress now = job.progress();
        preview.flush();
        if (preview.isClosed() && interrupts.compareAndSet(0, 1)) {
            stopAside(job);
            return;
        }
        if (now.failedCheckpoints() > failedCheckpoints) {
            failedCheckpoints = now.failedCheckpoints();
            job.checkpointProblem()
                    .ifPresent(problem -> progress.say("warning: a checkpoint could not be written: " + problem));
        }
        job.lastFailure().filter(failure -> failure.time() > lastFailure).ifPresent(failure -> {
            boolean repeated = failure.reason().equals(lastReason);
            lastFailure = failure.time();
            lastReason = failure.reason();
            if (repeated) {
                return;
            }
            progress.say("warning: the job goes on from its last checkpoint after a failure: " + failure.reason());
        });
        progress.update(now);
    }

    private void interrupted(RunningJob job) {
        int count = interrupts.incrementAndGet();
        if (count == 1) {
            progress.say(
                    request.state() == null
                            ? "Stopping."
                            : "Saving the state and stopping. Ctrl-C again stops at once, without saving.");
            stopAside(job);
        } else {
            endAtOnce(job);
        }
    }

    private void endAtOnce(RunningJob job) {
        Thread words = new Thread(() -> progress.say(lastWords(job)), "last words");
        words.setDaemon(true);
        words.start();
        try {
            words.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    private String lastWords(RunningJob job) {
        if (remote) {
            return "Not waited for: the cluster may still be stopping job " + job.id() + "; 'laminar jobs' tells.";
        }
        return request.state() == null
                ? "Stopped at once; nothing was kept."
                : "Stopped at once, without saving: the same command goes on from the last checkpoint in '"
                        + request.state() + "'.";
    }

    /** In a thread of its own: it takes a while, and neither signals nor the progress line may wait for it. */
    private void stopAside(RunningJob job) {
        Thread stopper = new Thread(() -> stop(job), "stop");
        stopper.setDaemon(true);
        stopper.start();
    }

    private void stop(RunningJob job) {
        try {
            job.stop();
        } catch (LaminarException e) {
            interrupts.set(0);
            progress.say(e.describe());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
