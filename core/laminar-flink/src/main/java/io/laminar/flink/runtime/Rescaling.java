package io.laminar.flink.runtime;

import io.laminar.flink.scale.StageGraph;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;

/** A change of the numbers of subtasks, in Flink's terms. */
final class Rescaling {
    private Rescaling() {}

    /** Runs with fewer subtasks while the cluster has lost slots, and with the wanted numbers when it has them again. */
    static JobResourceRequirements requirements(Map<String, Integer> numbers) {
        JobResourceRequirements.Builder requirements = JobResourceRequirements.newBuilder();
        numbers.forEach((stage, number) ->
                requirements.setParallelismForJobVertex(JobVertexID.fromHexString(stage), 1, number));
        return requirements.build();
    }

    static boolean isDone(StageGraph graph, Map<String, Integer> numbers) {
        return graph.stages().stream().allMatch(stage -> numbers.getOrDefault(stage.id(), 0) == stage.parallelism());
    }
}
