package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobMetrics;
import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.metrics.OperatorLayout;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsHistory;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.jspecify.annotations.Nullable;

/** Looks at a job of a cluster in this process. */
final class EmbeddedView implements JobView {
    private final MiniCluster cluster;
    private final JobID id;
    private final JobMetrics metrics;
    private final Path temporary;
    private volatile @Nullable OperatorLayout layout;
    private volatile @Nullable Last last;

    /** How the job was when it ended. */
    private record Last(ExecutionGraphInfo graph, JobProgress progress, List<OperatorFigures> operators, int slots) {}

    EmbeddedView(MiniCluster cluster, JobID id, JobMetrics metrics, Path temporary) {
        this.cluster = cluster;
        this.id = id;
        this.metrics = metrics;
        this.temporary = temporary;
    }

    private ExecutionGraphInfo info() throws InterruptedException, ExecutionException {
        Last ended = last;
        return ended == null ? cluster.getExecutionGraphInfo(id).get() : ended.graph;
    }

    private AccessExecutionGraph graph() throws InterruptedException, ExecutionException {
        return info().getArchivedExecutionGraph();
    }

    @Override
    public boolean allTasksStarted() throws InterruptedException, ExecutionException {
        AccessExecutionGraph graph = graph();
        if (graph.getState() != JobStatus.RUNNING) {
            return false;
        }
        for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
            ExecutionState status = task.getExecutionState();
            if (status != ExecutionState.RUNNING && status != ExecutionState.FINISHED) {
                return false;
            }
        }
        return true;
    }

    @Override
    public JobStatus status() throws InterruptedException, ExecutionException {
        return last == null ? cluster.getJobStatus(id).get() : graph().getState();
    }

    @Override
    public Optional<String> lastCheckpointFailure() throws InterruptedException, ExecutionException {
        FailedCheckpointStats failed =
                history().map(CheckpointStatsHistory::getLatestFailedCheckpoint).orElse(null);
        return failed == null ? Optional.empty() : Optional.ofNullable(failed.getFailureMessage());
    }

    private Optional<CheckpointStatsHistory> history() throws InterruptedException, ExecutionException {
        return Optional.ofNullable(graph().getCheckpointStatsSnapshot()).map(CheckpointStatsSnapshot::getHistory);
    }

    @Override
    public List<Checkpoint> checkpoints() throws InterruptedException, ExecutionException {
        List<AbstractCheckpointStats> known =
                history().map(CheckpointStatsHistory::getCheckpoints).orElse(List.of());
        return known.stream()
                .map(one -> Checkpoint.of(CheckpointStatistics.generateCheckpointStatistics(one, false)))
                .toList();
    }

    @Override
    public Optional<CheckpointDetails> checkpoint(long number) throws InterruptedException, ExecutionException {
        AccessExecutionGraph graph = graph();
        List<OperatorFigures> operators = operators();
        return history()
                .map(known -> known.getCheckpointById(number))
                .map(found -> SubtaskCheckpoints.details(found, graph, operators));
    }

    @Override
    public List<JobFailure> failures() throws InterruptedException, ExecutionException {
        ExecutionGraphInfo info = info();
        List<JobFailure> failures = new ArrayList<>();
        for (RootExceptionHistoryEntry entry : info.getExceptionHistory()) {
            String task = entry.getFailingTaskName();
            failures.add(
                    0, JobFailure.of(entry, task != null ? task : failed(info.getArchivedExecutionGraph(), entry)));
        }
        return List.copyOf(failures);
    }

    /** The task that a failure comes from: Flink's list does not say it before the next start, its tasks do. */
    private static @Nullable String failed(AccessExecutionGraph graph, ErrorInfo failure) {
        String reason = Failures.of(failure.getException()).reason();
        for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
            ErrorInfo own = task.getFailureInfo().orElse(null);
            if (own != null && Failures.of(own.getException()).reason().equals(reason)) {
                return task.getTaskNameWithSubtaskIndex();
            }
        }
        return null;
    }

    @Override
    public JobProgress progress() {
        Last ended = last;
        return ended == null ? metrics.progress(id.toString()) : ended.progress;
    }

    @Override
    public List<OperatorFigures> operators() throws InterruptedException, ExecutionException {
        Last ended = last;
        if (ended != null) {
            return ended.operators;
        }
        OperatorLayout known = layout;
        if (known == null) {
            known = JobParameters.layout(parameters());
            // Before the job is laid out nothing is known of it, and that does not stay so.
            if (!known.operators().isEmpty()) {
                layout = known;
            }
        }
        return metrics.figures().of(id.toHexString(), known);
    }

    @Override
    public Map<String, String> parameters() throws InterruptedException, ExecutionException {
        return graph().getArchivedExecutionConfig().getGlobalJobParameters();
    }

    @Override
    public StageGraph stages() throws InterruptedException, ExecutionException {
        AccessExecutionGraph graph = graph();
        List<StageGraph.Vertex> vertices = new ArrayList<>();
        for (AccessExecutionJobVertex vertex : graph.getVerticesTopologically()) {
            vertices.add(new StageGraph.Vertex(
                    vertex.getJobVertexId().toHexString(),
                    vertex.getName(),
                    vertex.getParallelism(),
                    vertex.getMaxParallelism()));
        }
        return StageGraph.of(
                graph.getPlan(),
                vertices,
                JobParameters.singles(graph.getArchivedExecutionConfig().getGlobalJobParameters()));
    }

    @Override
    public Map<String, StageLoad> loads() {
        return metrics.loads().of(id.toString(), System.nanoTime());
    }

    @Override
    public int slots() throws InterruptedException, ExecutionException {
        Last ended = last;
        return ended == null ? cluster.getResourceOverview().get().getNumberRegisteredSlots() : ended.slots;
    }

    @Override
    public CompletableFuture<?> require(JobResourceRequirements requirements) {
        return cluster.updateJobResourceRequirements(id, requirements);
    }

    @Override
    public String lastSavepoint(@Nullable String own) {
        return own == null ? temporary.resolve("savepoints").toUri().toString() : own;
    }

    @Override
    public void ended() {
        try {
            if (last == null) {
                last = new Last(cluster.getExecutionGraphInfo(id).get(), progress(), operators(), slots());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // The cluster is being closed, and its jobs were not asked how they are.
            return;
        }
    }
}
