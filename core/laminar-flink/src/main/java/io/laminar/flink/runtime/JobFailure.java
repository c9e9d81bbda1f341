package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a job, from which it starts again or not.
 *
 * @param time in milliseconds since 1970, which tells it from another
 * @param code null if it is not known
 * @param hint what to do about it; null if there is none
 * @param place in the data or the SQL text; null if there is none
 * @param stage name of the stage it happened in; null if it was not in one, or is not known
 * @param subtask of the stage; -1 if that is not known
 */
public record JobFailure(
        long time,
        String reason,
        @Nullable ErrorCode code,
        @Nullable String hint,
        @Nullable Place place,
        @Nullable String stage,
        int subtask) {
    private static final List<String> LOST_WORKER = List.of(
            "RecipientUnreachableException",
            "RemoteTransportException",
            "Connection reset",
            "Connection unexpectedly closed",
            "Heartbeat of TaskManager",
            "is no longer reachable",
            "The TaskExecutor is shutting down");

    /** {@link LaminarException#toString} in a stack trace. */
    private static final Pattern ERROR = Pattern.compile("LaminarException: (LAM-\\d{4}): ((?s:.*?))"
            + "(?:\\R {2}place: (.*))?(?:\\R {2}hint: (.*))?"
            + "(?=\\R\\t(?:at |\\.{3} )|\\RCaused by: |\\s*\\z)");

    /** The name that Flink gives a task: its stage and which of how many subtasks it is. */
    private static final Pattern TASK = Pattern.compile("(.*) \\((\\d+)/\\d+\\)(?: - execution #\\d+)?");

    /**
     * A failure of another process.
     *
     * @param trace Flink's text: a stack trace with its causes
     * @param task Flink's name of the task; null if it was in none
     */
    static JobFailure of(long time, String trace, @Nullable String task) {
        // An error for users says most; otherwise the innermost cause does, and its first line.
        Matcher error = ERROR.matcher(trace);
        if (error.find()) {
            return of(
                    time,
                    error.group(2),
                    ErrorCode.of(error.group(1)).orElse(null),
                    error.group(4),
                    error.group(3) == null ? null : Place.read(error.group(3)).orElse(null),
                    task);
        }
        String[] causes = trace.split("Caused by: ");
        String first = causes[causes.length - 1].lines().findFirst().orElse("");
        String reason = LOST_WORKER.stream().anyMatch(first::contains)
                ? "a worker is gone"
                : first.replaceFirst("^(?:[a-z0-9_]+\\.)+(?=[A-Z])", "");
        return of(time, reason, null, null, null, task);
    }

    /** A failure in this process. */
    static JobFailure of(ErrorInfo failure, @Nullable String task) {
        LaminarException error = Failures.of(failure.getException());
        return of(failure.getTimestamp(), error.reason(), error.code(), error.hint(), error.place(), task);
    }

    /** The same failure in other words. */
    public JobFailure withReason(String words) {
        return new JobFailure(time, words, code, hint, place, stage, subtask);
    }

    private static JobFailure of(
            long time,
            String reason,
            @Nullable ErrorCode code,
            @Nullable String hint,
            @Nullable Place place,
            @Nullable String task) {
        Matcher parts = TASK.matcher(task == null ? "" : task);
        return parts.matches()
                ? new JobFailure(time, reason, code, hint, place, parts.group(1), Integer.parseInt(parts.group(2)) - 1)
                : new JobFailure(time, reason, code, hint, place, task, -1);
    }
}
