package io.laminar.server.job;

import io.laminar.flink.runtime.JobFailure;
import io.laminar.spi.error.ErrorCode;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures of one job that another start may get over from those it cannot. Progress is a checkpoint: a job that
 * has completed one since its last start does something else now than it did then.
 *
 * <p>Errors of the input, the query or its options come with the same rows again. When one comes twice in the same stage
 * without progress in between, the next start would meet it, too. Everything else may go away by itself, a broker that is
 * started anew for example, so the job starts again, later and later, until too many starts were in vain.
 */
final class Restarts {
    private static final Set<ErrorCode> OF_THE_INPUT = Set.of(
            ErrorCode.BAD_RECORD,
            ErrorCode.OVERFLOW,
            ErrorCode.DIVISION_BY_ZERO,
            ErrorCode.INVALID_CAST,
            ErrorCode.INVALID_ARGUMENT,
            ErrorCode.NULL_NOT_ALLOWED,
            ErrorCode.ROW_REFUSED,
            ErrorCode.UNSUPPORTED_SQL,
            ErrorCode.INVALID_OPTION,
            ErrorCode.INVALID_SCHEMA,
            ErrorCode.MISSING_VARIABLE,
            ErrorCode.SCHEMA_CONFLICT,
            ErrorCode.OUTPUT_EXISTS,
            ErrorCode.STATE_MISMATCH);

    private final long most;
    private @Nullable JobFailure last;
    private long checkpoints;
    /** Starts since the last progress, or since the first failure. */
    private long inVain;

    /** @param most starts in a row without progress; 0 for any number */
    Restarts(long most) {
        this.most = most;
    }

    /** Whether a failure has been told of here already. */
    boolean knows(JobFailure failure) {
        return last != null && failure.time() <= last.time();
    }

    /**
     * Hears of a failure after which the job is about to start again.
     *
     * @param completed checkpoints that the job has completed until now
     * @return the failure to end the job with; empty if it is to start again
     */
    Optional<JobFailure> failed(JobFailure failure, long completed) {
        JobFailure before = last;
        boolean progress = completed > checkpoints;
        last = failure;
        checkpoints = Math.max(checkpoints, completed);
        if (before == null || progress) {
            inVain = 0;
        } else if (isOfTheInput(failure) && isSame(before, failure)) {
            return Optional.of(failure);
        }
        if (most > 0 && inVain >= most) {
            return Optional.of(failure.withReason(
                    failure.reason() + " (no checkpoint was completed in " + inVain + " more starts)"));
        }
        inVain++;
        return Optional.empty();
    }

    private static boolean isOfTheInput(JobFailure failure) {
        return failure.code() != null && OF_THE_INPUT.contains(failure.code());
    }

    /** Which subtask it is may change: parts of the input go to whoever asks first. */
    private static boolean isSame(JobFailure one, JobFailure other) {
        return one.code() == other.code() && Objects.equals(one.stage(), other.stage());
    }
}
