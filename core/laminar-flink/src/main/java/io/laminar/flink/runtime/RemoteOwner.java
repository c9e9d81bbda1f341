package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Finds out whether the job of a remote cluster that last worked with a state folder still does. */
final class RemoteOwner {

    /** What became of it. */
    enum Fate {
        FINISHED,
        ENDED
    }

    private RemoteOwner() {}

    /**
     * @param hasCheckpoint whether the job left one behind; a job that has run to its end removes its own
     * @throws LaminarException STATE_MISMATCH if the job still runs, or if nobody can tell
     */
    static Fate ask(String folder, String cluster, String job, BooleanSupplier hasCheckpoint) {
        List<JobSummary> jobs = jobs(folder, cluster, job);
        String state = jobs.stream()
                .filter(known -> known.id().equals(job))
                .map(JobSummary::state)
                .findFirst()
                .orElse("unknown");
        return switch (state) {
            // To Flink, a job that was stopped with a savepoint has finished as well.
            case "finished" -> hasCheckpoint.getAsBoolean() ? Fate.ENDED : Fate.FINISHED;
            case "canceled", "failed" -> Fate.ENDED;
            case "unknown" -> {
                if (hasCheckpoint.getAsBoolean()) {
                    yield Fate.ENDED;
                }
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "the cluster at " + cluster + " does not know job " + job + " any more, which used the state"
                                + " folder '" + folder + "' and left no checkpoint: it may have run to its end",
                        "delete the folder to start from the beginning");
            }
            default ->
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "the state folder '" + folder + "' is in use by job " + job + " of the cluster at " + cluster,
                        "stop it first: laminar jobs --cluster " + cluster + " stop " + job.substring(0, 8));
        };
    }

    private static List<JobSummary> jobs(String folder, String cluster, String job) {
        try (JobRuntime runtime = JobRuntime.connect(cluster)) {
            return runtime.jobs();
        } catch (LaminarException e) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the state folder '" + folder + "' may be in use by job " + job + " of the cluster at " + cluster
                            + ", which cannot be asked: " + e.reason(),
                    null,
                    "start the cluster again; if it is gone for good, remove the lines 'cluster' and 'job' from"
                            + " pipeline.properties in the folder",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.of(e);
        }
    }
}
