package io.laminar.flink.runtime;

import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * A checkpoint or savepoint to start from.
 *
 * @param path as a URI
 * @param operators what the operators were in the pipeline that made it, by Flink's id
 */
record SavedState(String path, CheckpointMetadata metadata, Map<String, String> operators) {
    String describe(String operator) {
        return operators.getOrDefault(operator, "an operator");
    }

    /** Whether parts of the job had come to their end: Flink goes on from such a state with the same operators only. */
    boolean hasFinishedParts() {
        return metadata.getOperatorStates().stream()
                .anyMatch(operator -> operator.isFullyFinished()
                        || operator.getStates().stream().anyMatch(OperatorSubtaskState::isFinished));
    }
}
