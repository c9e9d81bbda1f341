package io.laminar.flink.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.jspecify.annotations.Nullable;

/**
 * One checkpoint of a job.
 *
 * @param id number of the checkpoint in its job
 * @param duration from its start to its end, or until now
 * @param bytes of the whole state that it has
 * @param newBytes of those, what it had to write
 * @param tasks subtasks that take part
 * @param done subtasks that have done their part
 * @param path where it is; null if it is not complete, or gone again
 * @param failure why it failed; null unless it did
 */
public record Checkpoint(
        long id,
        Kind kind,
        State state,
        Instant started,
        Duration duration,
        long bytes,
        long newBytes,
        int tasks,
        int done,
        @Nullable String path,
        @Nullable String failure) {

    public enum State {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    public enum Kind {
        CHECKPOINT,
        /** Asked for, or taken to stop the job; nothing deletes it. */
        SAVEPOINT
    }

    static Checkpoint of(CheckpointStatistics from) {
        String path = null;
        String failure = null;
        if (from instanceof CheckpointStatistics.CompletedCheckpointStatistics completed && !completed.isDiscarded()) {
            path = completed.getExternalPath();
        } else if (from instanceof CheckpointStatistics.FailedCheckpointStatistics failed) {
            failure = failed.getFailureMessage();
        }
        return new Checkpoint(
                from.getId(),
                from.isSavepoint() ? Kind.SAVEPOINT : Kind.CHECKPOINT,
                State.valueOf(from.getStatus().name().toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(from.getTriggerTimestamp()),
                Duration.ofMillis(Math.max(0, from.getDuration())),
                from.getStateSize(),
                from.getCheckpointedSize(),
                from.getNumSubtasks(),
                from.getNumAckSubtasks(),
                path,
                failure);
    }
}
