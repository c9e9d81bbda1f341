package io.laminar.server.job;

import io.laminar.flink.runtime.JobFailure;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.spi.error.LaminarException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where in a job the failure happened that has ended it. */
final class FailedAt {

    private FailedAt() {}

    /**
     * @param job null if it never was on its cluster
     * @return empty if the cluster knows of no such failure
     */
    static Optional<JobFailure> of(@Nullable RunningJob job, RuntimeException failure) {
        if (job == null || !(failure instanceof LaminarException known)) {
            return Optional.empty();
        }
        try {
            return job.failures().stream()
                    .filter(one -> one.reason().equals(known.reason()))
                    .findFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (LaminarException e) {
            // The cluster cannot be asked any more.
            return Optional.empty();
        }
    }
}
