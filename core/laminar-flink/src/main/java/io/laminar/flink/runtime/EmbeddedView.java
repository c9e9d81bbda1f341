package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobMetrics;
import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** Looks at a job of a cluster in this process. */
record EmbeddedView(MiniCluster cluster, JobID id, JobMetrics metrics) implements JobView {

    @Override
    public boolean allTasksStarted() throws InterruptedException, ExecutionException {
        AccessExecutionGraph graph = cluster.getExecutionGraph(id).get();
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
    public Optional<String> lastCheckpointFailure() throws InterruptedException, ExecutionException {
        CheckpointStatsSnapshot statistics = cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot();
        FailedCheckpointStats failed =
                statistics == null ? null : statistics.getHistory().getLatestFailedCheckpoint();
        return failed == null ? Optional.empty() : Optional.ofNullable(failed.getFailureMessage());
    }

    @Override
    public JobProgress progress() {
        return metrics.progress(id.toString());
    }

    @Override
    public Map<String, String> parameters() throws InterruptedException, ExecutionException {
        return cluster.getExecutionGraph(id).get().getArchivedExecutionConfig().getGlobalJobParameters();
    }

    @Override
    public StageGraph stages() throws InterruptedException, ExecutionException {
        AccessExecutionGraph graph = cluster.getExecutionGraph(id).get();
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
        return cluster.getResourceOverview().get().getNumberRegisteredSlots();
    }

    @Override
    public CompletableFuture<?> require(JobResourceRequirements requirements) {
        return cluster.updateJobResourceRequirements(id, requirements);
    }
}
