package io.laminar.flink.runtime;

/** How a job is stopped. */
public enum StopMode {
    /** After a savepoint, from which it can go on. Without a state folder: at once. */
    CHECKPOINT,
    /**
     * Sources end where they are, everything that was read goes through, all windows come out, sinks commit; the job
     * then has finished.
     */
    GRACEFUL,
    /** At once; the last checkpoint is kept, so that it can go on from there. */
    IMMEDIATE,
    /** As IMMEDIATE, without waiting longer than some seconds for tasks that do not react. */
    FORCE
}
