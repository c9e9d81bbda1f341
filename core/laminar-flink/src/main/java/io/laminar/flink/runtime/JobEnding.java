package io.laminar.flink.runtime;

import io.laminar.flink.operator.CheckpointProblems;
import io.laminar.flink.operator.JobErrors;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a job, finds out how it ended, and leaves its state folder as that says. Once, in a thread. */
final class JobEnding {
    private final JobID id;
    private final JobView view;
    private final @Nullable StateFolder state;
    private final List<RowFetch> fetches;
    private final CompletableFuture<JobResult> result;
    private final CompletableFuture<JobEnd> end = new CompletableFuture<>();
    private volatile boolean stopped;
    private volatile boolean left;

    /** @param result complete when the cluster says that the job has ended, or cannot be asked any more */
    JobEnding(
            JobID id,
            JobView view,
            @Nullable StateFolder state,
            List<RowFetch> fetches,
            CompletableFuture<JobResult> result) {
        this.id = id;
        this.view = view;
        this.state = state;
        this.fetches = fetches;
        this.result = result;
        CompletableFuture<?> unused = result.whenComplete((outcome, lost) -> {
            Thread thread = new Thread(this::settle, "end of job " + id.toHexString());
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Complete when everything that belongs to the end has been done. Never fails. */
    CompletableFuture<JobEnd> end() {
        return end;
    }

    /** Whether the job was told to stop: then it has not finished, even if Flink says so. */
    void stopped(boolean yes) {
        stopped = yes;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Nobody waits any more: the state folder stays as it is for whoever finds the job again. */
    void leave() {
        left = true;
        if (state != null) {
            state.close();
        }
    }

    private void settle() {
        JobEnd reached;
        try {
            reached = outcome();
        } catch (LaminarException e) {
            reached = failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reached = failed(Failures.of(e));
        } catch (RuntimeException | Error e) {
            reached = failed(Failures.of(e));
        } finally {
            JobErrors.take(id);
            CheckpointProblems.forget(id);
            if (state != null && !left) {
                state.close();
            }
        }
        end.complete(reached);
    }

    private static JobEnd failed(LaminarException why) {
        return new JobEnd(JobState.FAILED, Instant.now(), why);
    }

    private JobEnd outcome() throws InterruptedException {
        JobResult outcome;
        try {
            outcome = result.get();
        } catch (ExecutionException e) {
            throw Failures.lost(id.toHexString(), e);
        }
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
        if (state != null && !left) {
            if (finished) {
                state.finish();
            } else {
                state.runsNowhere();
            }
        }
        return new JobEnd(finished ? JobState.FINISHED : JobState.STOPPED, Instant.now(), null);
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

    /** Why the last checkpoint that failed did, if there is one. */
    Optional<String> checkpointProblem() {
        try {
            return view.lastCheckpointFailure().filter(JobEnding::isProblem).map(message -> CheckpointProblems.last(id)
                    .orElse(message));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(Failures.of(e).reason());
        }
    }

    /** Checkpoints are also given up because tasks or the job begin, end or fail, which is told elsewhere. */
    private static boolean isProblem(String message) {
        return !message.contains("suspending")
                && !message.contains("was declined")
                && !message.contains("shutting down")
                && !message.contains("unknown task")
                && !message.contains("Not all required tasks are currently running");
    }
}
