package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/** Finds what a user should read in the wrappers that Flink puts around a failure. */
final class Failures {

    private Failures() {}

    /** The user's error if there is one inside; otherwise JOB_FAILED with the words of the innermost cause. */
    static LaminarException of(Throwable failure) {
        Throwable innermost = failure;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = failure; t != null && seen.add(t); t = next(t)) {
            if (t instanceof LaminarException known) {
                return known;
            }
            innermost = t;
        }
        if (innermost instanceof OutOfMemoryError) {
            return new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "out of memory: " + innermost.getMessage(),
                    null,
                    "give the process more with LAMINAR_MEMORY=4g, keep less state, or spill it: SET state_memory",
                    failure);
        }
        if (String.valueOf(innermost.getMessage()).startsWith("Insufficient number of network buffers")) {
            return new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the cluster has too little memory for rows on their way: too many subtasks exchange rows",
                    null,
                    "start workers with more --memory, or more of them; or run with a lower parallelism",
                    failure);
        }
        return new LaminarException(ErrorCode.JOB_FAILED, describe(innermost), null, null, failure);
    }

    /** What to say when a job cannot be watched any more. */
    static LaminarException lost(String job, Throwable failure) {
        if (ExceptionUtils.findThrowableWithMessage(failure, "Could not find Flink job")
                        .isPresent()
                || ExceptionUtils.findThrowable(failure, FlinkJobNotFoundException.class)
                        .isPresent()) {
            return new LaminarException(
                    ErrorCode.JOB_FAILED,
                    "the cluster has forgotten job " + job + ": its coordinator was started anew",
                    null,
                    "with the same --state the pipeline goes on from its last checkpoint; coordinators with --ha keep"
                            + " their jobs",
                    failure);
        } else if (ExceptionUtils.findThrowable(failure, IOException.class).isPresent()) {
            return new LaminarException(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "the cluster does not answer any more: " + of(failure).reason(),
                    null,
                    "job " + job + " may still run there: 'laminar jobs' tells",
                    failure);
        }
        return of(failure);
    }

    /** Whether a message in the chain of causes has a text in it. */
    static boolean mentions(Throwable failure, String text) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = failure; t != null && seen.add(t); t = next(t)) {
            if (String.valueOf(t.getMessage()).contains(text)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable t) {
        if (t instanceof SerializedThrowable serialized) {
            Throwable original = serialized.deserializeError(Failures.class.getClassLoader());
            return original != t ? original : t.getCause();
        }
        return t.getCause();
    }

    private static String describe(Throwable t) {
        String message = t.getMessage();
        String type = t.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + ": " + message;
    }
}
