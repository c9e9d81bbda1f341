package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;

/** What can be seen of one job, which an embedded cluster and a remote one show in different ways. */
interface JobView {

    /** Whether every task runs or has run. */
    boolean allTasksStarted() throws InterruptedException, ExecutionException;

    /** Flink's words for why the last checkpoint that failed did. */
    Optional<String> lastCheckpointFailure() throws InterruptedException, ExecutionException;

    /** The last failure from which the job starts, or has started, again. */
    default Optional<JobFailure> lastFailure() throws InterruptedException, ExecutionException {
        return Optional.empty();
    }

    /** What the job has done, as far as is known. */
    JobProgress progress();

    /** What it was given as {@link JobParameters}. */
    Map<String, String> parameters() throws InterruptedException, ExecutionException;

    /** The stages of the job with their subtasks of now. */
    StageGraph stages() throws InterruptedException, ExecutionException;

    /** How busy the stages are since the last call, by id; empty if that is not known. */
    Map<String, StageLoad> loads() throws InterruptedException, ExecutionException;

    /** Subtasks of one stage that the cluster has room for. */
    int slots() throws InterruptedException, ExecutionException;

    /** Asks for numbers of subtasks; the job changes to them after its next checkpoint. */
    CompletableFuture<?> require(JobResourceRequirements requirements);

    /** Called when the job has ended, so that its last figures are known. */
    default void ended() {}
}
