package io.laminar.cli.remote;

import io.laminar.client.model.CheckpointResource;
import io.laminar.client.model.CheckpointResourceStageResource;
import io.laminar.client.model.CheckpointResourceSubtaskResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part that every subtask has in a checkpoint, as rows. */
final class CheckpointParts {
    static final String[] CHECKPOINTS = {
        "id", "kind", "state", "started_at", "duration_micros", "bytes", "new_bytes", "path"
    };
    static final String[] SUBTASKS = {
        "stage", "subtask", "bytes", "new_bytes", "duration_micros", "sync_micros", "async_micros", "alignment_micros"
    };

    private CheckpointParts() {}

    static List<Map<String, Object>> of(CheckpointResource checkpoint) {
        List<Map<String, Object>> parts = new ArrayList<>();
        List<CheckpointResourceStageResource> stages = checkpoint.getStages();
        if (stages != null) {
            stages.forEach(stage -> stage.getSubtasks().forEach(subtask -> parts.add(part(stage, subtask))));
        }
        return parts;
    }

    private static Map<String, Object> part(
            CheckpointResourceStageResource stage, CheckpointResourceSubtaskResource subtask) {
        Map<String, Object> part = new HashMap<>();
        part.put("stage", stage.getName());
        part.put("subtask", subtask.getSubtask());
        part.put("bytes", subtask.getBytes());
        part.put("new_bytes", subtask.getNewBytes());
        part.put("duration_micros", subtask.getDurationMicros());
        part.put("sync_micros", subtask.getSyncMicros());
        part.put("async_micros", subtask.getAsyncMicros());
        part.put("alignment_micros", subtask.getAlignmentMicros());
        return part;
    }
}
