package io.laminar.flink.runtime;

import java.util.List;

/**
 * A failure from which a job starts again.
 *
 * @param time in milliseconds since 1970, which tells it from another
 */
public record JobFailure(long time, String reason) {
    private static final List<String> LOST_WORKER = List.of(
            "RecipientUnreachableException",
            "RemoteTransportException",
            "Connection reset",
            "Connection unexpectedly closed",
            "Heartbeat of TaskManager",
            "is no longer reachable",
            "The TaskExecutor is shutting down");

    /** @param trace Flink's text: a stack trace with its causes */
    static JobFailure of(long time, String trace) {
        // The innermost cause says most, and its first line.
        String[] causes = trace.split("Caused by: ");
        String first = causes[causes.length - 1].lines().findFirst().orElse("");
        if (LOST_WORKER.stream().anyMatch(first::contains)) {
            return new JobFailure(time, "a worker is gone");
        }
        return new JobFailure(
                time,
                first.replaceFirst("^(?:[a-z0-9]+\\.)+(?:\\w+\\$)?LaminarException: ", "")
                        .replaceFirst("^(?:[a-z0-9_]+\\.)+(?=[A-Z])", ""));
    }
}
