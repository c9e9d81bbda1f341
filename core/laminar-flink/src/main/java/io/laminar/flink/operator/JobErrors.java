package io.laminar.flink.operator;

import io.laminar.spi.error.LaminarException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;

/**
 * The first error of each job of this process that is meant for users. Flink keeps the first failure that reaches its
 * coordinator, and that may be a mere consequence: an event that could not be delivered to the task that has failed.
 */
public final class JobErrors {
    private static final Map<JobID, LaminarException> FIRST = new ConcurrentHashMap<>();

    private JobErrors() {}

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
