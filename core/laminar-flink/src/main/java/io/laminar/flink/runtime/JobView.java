package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobProgress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** What can be seen of one job, which an embedded cluster and a remote one show in different ways. */
interface JobView {

    /** Whether every task runs or has run. */
    boolean allTasksStarted() throws InterruptedException, ExecutionException;

    /** Flink's words for why the last checkpoint that failed did. */
    Optional<String> lastCheckpointFailure() throws InterruptedException, ExecutionException;

    /** What the job has done, as far as is known. */
    JobProgress progress();
}
