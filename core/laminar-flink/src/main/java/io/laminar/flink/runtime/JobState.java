package io.laminar.flink.runtime;

/** What a job is doing. */
public enum JobState {
    /** Accepted; its tasks are about to run. */
    SCHEDULING,
    RUNNING,
    /** Its tasks start again from a checkpoint after a failure. */
    RECOVERING,
    /** Its tasks start again with other numbers of subtasks. */
    RESCALING,
    /** It was told to stop. */
    STOPPING,
    /** It has been stopped; with a state folder it can go on from there. */
    STOPPED,
    /** All input has been read, or what there was of it when the job was drained. */
    FINISHED,
    FAILED;

    /** Whether it stays so. */
    public boolean isEnd() {
        return this == STOPPED || this == FINISHED || this == FAILED;
    }
}
