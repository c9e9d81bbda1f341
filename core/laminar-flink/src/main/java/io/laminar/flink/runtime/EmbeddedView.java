package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobMetrics;
import io.laminar.flink.metrics.JobProgress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** Looks at a job of a cluster in this process. */
record EmbeddedView(MiniCluster cluster, JobID id, JobMetrics metrics) implements JobView {

    @Override
    public boolean allTasksStarted() throws InterruptedException, ExecutionException {
        for (AccessExecutionVertex task : cluster.getExecutionGraph(id).get().getAllExecutionVertices()) {
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
}
