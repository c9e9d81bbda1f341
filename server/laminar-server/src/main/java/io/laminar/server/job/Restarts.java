package io.laminar.server.job;

import io.laminar.flink.runtime.JobFailure;
import io.laminar.spi.error.ErrorCode;
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
 *
 * <p>What it knows is kept with the job: another process goes on counting.
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
    private long count;
    private @Nullable Trouble trouble;

    /**
     * @param most starts in a row without progress; 0 for any number
     * @param count starts until now
     * @param trouble what the next failure is judged by; null before the first
     */
    Restarts(long most, long count, @Nullable Trouble trouble) {
        this.most = most;
        this.count = count;
        this.trouble = trouble;
    }

    /** Starts after failures until now. */
    synchronized long count() {
        return count;
    }

    /** What the next failure is judged by; null before the first. */
    synchronized @Nullable Trouble trouble() {
        return trouble;
    }

    /** Whether a failure has been told of here already. */
    synchronized boolean knows(JobFailure failure) {
        return trouble != null && failure.time() <= trouble.time();
    }

    /** Hears that the job was given to its cluster once more: there its checkpoints and its failures begin anew. */
    synchronized void begins() {
        if (trouble != null) {
            trouble = new Trouble(0, trouble.code(), trouble.stage(), 0, trouble.inVain());
        }
    }

    /**
     * Hears of a failure after which the job is about to start again.
     *
     * @param completed checkpoints that the job has completed until now
     * @return the failure to end the job with; empty if it is to start again
     */
    synchronized Optional<JobFailure> failed(JobFailure failure, long completed) {
        Trouble before = trouble;
        long checkpoints = completed;
        long inVain = 0;
        if (before != null && completed <= before.checkpoints()) {
            checkpoints = before.checkpoints();
            inVain = before.inVain();
            if (isOfTheInput(failure) && before.isLike(failure)) {
                trouble = Trouble.of(failure, checkpoints, inVain);
                return Optional.of(failure);
            }
        }
        trouble = Trouble.of(failure, checkpoints, inVain);
        if (most > 0 && inVain >= most) {
            return Optional.of(failure.withReason(
                    failure.reason() + " (no checkpoint was completed in " + inVain + " more starts)"));
        }
        trouble = Trouble.of(failure, checkpoints, inVain + 1);
        count++;
        return Optional.empty();
    }

    private static boolean isOfTheInput(JobFailure failure) {
        return failure.code() != null && OF_THE_INPUT.contains(failure.code());
    }
}
