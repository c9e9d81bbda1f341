package io.laminar.flink.scale;

import java.time.Duration;

/**
 * What the autoscaler may do.
 *
 * @param min fewest subtasks of a stage
 * @param max most subtasks of a stage
 * @param target share of the time a subtask should be busy, above 0 and below 1
 * @param interval between two looks at a job
 * @param pause after a change, in which the job settles and nothing is changed
 * @param catchUp how quickly a backlog should be worked off
 */
public record ScalingLimits(int min, int max, double target, Duration interval, Duration pause, Duration catchUp) {
    public ScalingLimits {
        if (min < 1 || max < min || !(target > 0 && target < 1)) {
            throw new IllegalArgumentException("min " + min + ", max " + max + ", target " + target);
        }
    }
}
