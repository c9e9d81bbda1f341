package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.jspecify.annotations.Nullable;

/** What can be seen of one job, which an embedded cluster and a remote one show in different ways. */
interface JobView {

    /** Whether every task runs or has run. */
    boolean allTasksStarted() throws InterruptedException, ExecutionException;

    /** Flink's words for why the last checkpoint that failed did. */
    Optional<String> lastCheckpointFailure() throws InterruptedException, ExecutionException;

    /** The failures of the job, the last one first; at least the last few. */
    List<JobFailure> failures() throws InterruptedException, ExecutionException;

    /** What Flink says that the job is doing. */
    JobStatus status() throws InterruptedException, ExecutionException;

    /** The last checkpoints, the latest first. */
    List<Checkpoint> checkpoints() throws InterruptedException, ExecutionException;

    /** A checkpoint with the parts of subtasks; empty if it is too old to be known. */
    Optional<CheckpointDetails> checkpoint(long number) throws InterruptedException, ExecutionException;

    /** What the operators of the plan have counted until now. */
    List<OperatorFigures> operators() throws InterruptedException, ExecutionException;

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

    /**
     * Where the savepoint goes with which a job is drained.
     *
     * @param own in its state folder; null if it has none
     * @return null for where the cluster keeps savepoints
     */
    @Nullable
    String lastSavepoint(@Nullable String own);

    /** Called when the job has ended: from now on the view shows how it was then, even if its cluster is gone. */
    default void ended() {}
}
