package io.laminar.flink.operator;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * The first error of each job of this process that is meant for users. Flink keeps the first failure that reaches its
 * coordinator, and that may be a mere consequence: an event that could not be delivered to the task that has failed.
 */
public final class JobErrors {
    /** Errors that the same rows would meet again. */
    private static final Set<ErrorCode> FINAL = Set.of(
            ErrorCode.BAD_RECORD,
            ErrorCode.OVERFLOW,
            ErrorCode.DIVISION_BY_ZERO,
            ErrorCode.INVALID_CAST,
            ErrorCode.INVALID_ARGUMENT,
            ErrorCode.NULL_NOT_ALLOWED);

    private static final Map<JobID, LaminarException> FIRST = new ConcurrentHashMap<>();

    private JobErrors() {}

    /**
     * The failure in a form that fails the job for good, if starting again cannot help: rows that are wrong are so
     * again after a restart.
     */
    public static RuntimeException withoutRestart(RuntimeException failure) {
        return failure instanceof LaminarException error && FINAL.contains(error.code())
                ? new SuppressRestartsException(error)
                : failure;
    }

    /** Notes the user's error inside a failure, if there is one. */
    public static void report(JobID job, Throwable failure) {
        int depth = 0;
        for (Throwable t = failure; t != null && depth < 100; t = t.getCause()) {
            if (t instanceof LaminarException error) {
                FIRST.putIfAbsent(job, error);
                return;
            }
            depth++;
        }
    }

    /** The error of a job that has ended; it is forgotten. */
    public static Optional<LaminarException> take(JobID job) {
        return Optional.ofNullable(FIRST.remove(job));
    }
}
