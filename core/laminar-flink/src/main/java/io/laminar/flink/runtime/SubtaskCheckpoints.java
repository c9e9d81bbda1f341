package io.laminar.flink.runtime;

import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.runtime.CheckpointDetails.OfStage;
import io.laminar.flink.runtime.CheckpointDetails.OfSubtask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.SubtaskStateStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.SubtaskCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.SubtaskCheckpointStatistics.CompletedSubtaskCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails;
import org.jspecify.annotations.Nullable;

/** What subtasks did for a checkpoint, out of what Flink keeps of it. */
final class SubtaskCheckpoints {
    private SubtaskCheckpoints() {}

    static CheckpointDetails details(
            AbstractCheckpointStats stats, AccessExecutionGraph graph, List<OperatorFigures> operators) {
        List<OfStage> stages = new ArrayList<>();
        for (AccessExecutionJobVertex vertex : graph.getVerticesTopologically()) {
            TaskStateStats task = stats.getTaskStateStats(vertex.getJobVertexId());
            if (task != null) {
                stages.add(stage(vertex, task, stats.getTriggerTimestamp(), operators));
            }
        }
        return new CheckpointDetails(
                Checkpoint.of(CheckpointStatistics.generateCheckpointStatistics(stats, false)), stages);
    }

    private static OfStage stage(
            AccessExecutionJobVertex vertex, TaskStateStats task, long started, List<OperatorFigures> operators) {
        List<OfSubtask> subtasks = new ArrayList<>();
        for (SubtaskStateStats subtask : task.getSubtaskStats()) {
            if (subtask != null) {
                subtasks.add(new OfSubtask(
                        subtask.getSubtaskIndex(),
                        subtask.getStateSize(),
                        subtask.getCheckpointedSize(),
                        duration(subtask.getEndToEndDuration(started)),
                        duration(subtask.getSyncCheckpointDuration()),
                        duration(subtask.getAsyncCheckpointDuration()),
                        duration(subtask.getAlignmentDuration()),
                        duration(subtask.getCheckpointStartDelay())));
            }
        }
        String id = vertex.getJobVertexId().toHexString();
        return new OfStage(
                id,
                vertex.getName(),
                operators(id, operators),
                task.getStateSize(),
                task.getCheckpointedSize(),
                subtasks);
    }

    /** The same of a remote cluster. */
    static OfStage stage(
            String id, String name, TaskCheckpointStatisticsWithSubtaskDetails task, List<OperatorFigures> operators) {
        List<OfSubtask> subtasks = new ArrayList<>();
        for (SubtaskCheckpointStatistics any : task.getSubtaskCheckpointStatistics()) {
            if (any instanceof CompletedSubtaskCheckpointStatistics subtask) {
                subtasks.add(new OfSubtask(
                        subtask.getIndex(),
                        subtask.getStateSize(),
                        subtask.getCheckpointedSize(),
                        duration(subtask.getDuration()),
                        duration(subtask.getCheckpointDuration().getSyncDuration()),
                        duration(subtask.getCheckpointDuration().getAsyncDuration()),
                        duration(subtask.getAlignment().getAlignmentDuration()),
                        duration(subtask.getStartDelay())));
            }
        }
        return new OfStage(
                id, name, operators(id, operators), task.getStateSize(), task.getCheckpointedSize(), subtasks);
    }

    private static List<String> operators(String stage, List<OperatorFigures> operators) {
        return operators.stream()
                .filter(operator -> operator.stage().equals(stage))
                .map(operator -> operator.operator().id())
                .toList();
    }

    /** Flink says -1 for what it does not know. */
    private static @Nullable Duration duration(long millis) {
        return millis < 0 ? null : Duration.ofMillis(millis);
    }
}
