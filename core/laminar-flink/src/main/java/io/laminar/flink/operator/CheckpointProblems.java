package io.laminar.flink.operator;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;

/** Why state of each job of this process could not be written last. Flink's statistics only keep that it was so. */
public final class CheckpointProblems {
    private static final Map<JobID, String> LAST = new ConcurrentHashMap<>();

    private CheckpointProblems() {}

    static void note(JobID job, IOException reason) {
        LAST.put(job, String.valueOf(reason.getMessage()));
    }

    public static Optional<String> last(JobID job) {
        return Optional.ofNullable(LAST.get(job));
    }

    public static void forget(JobID job) {
        LAST.remove(job);
    }
}
