package io.laminar.flink.translate;

import io.laminar.connector.JobContext;
import java.time.Duration;

/**
 * What tells a job from all others in outside systems.
 *
 * @param id letters, digits and hyphens; kept with the job's state
 */
public record JobIdentity(String id, Duration checkpointInterval) {
    private static final int DIGITS = 12;

    /** What a connector may know of one of the job's nodes, which is known by its id in the plan. */
    JobContext use(String nodeId) {
        return new JobContext(id + "-" + nodeId.substring(0, DIGITS), checkpointInterval);
    }
}
