package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param state STOPPED, FINISHED or FAILED
 * @param failure why it failed; null unless it did
 */
public record JobEnd(JobState state, Instant time, @Nullable LaminarException failure) {

    /** Whether the job may still run, on a cluster that does not answer any more. */
    public boolean isLost() {
        return failure != null && failure.code() == ErrorCode.CLUSTER_UNREACHABLE;
    }
}
