package io.laminar.flink.runtime;

import io.laminar.flink.metrics.PlanOperator;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.translate.TranslatedOperators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator;

/**
 * Gives stages of a job that has not started the numbers of subtasks that were asked for their operators. The job is laid
 * out with one number first: so its stages are the same as those of a job that is rescaled while it runs.
 */
final class StartNumbers {

    private StartNumbers() {}

    /** @param wanted by id of the plan's operator, or by name or id of a stage */
    static void set(JobGraph graph, TranslatedOperators operators, Map<String, Integer> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        List<StageGraph.Vertex> vertices = new ArrayList<>();
        Map<String, String> stageOf = new HashMap<>();
        for (JobVertex vertex : graph.getVerticesSortedTopologicallyFromSources()) {
            String id = vertex.getID().toHexString();
            vertices.add(new StageGraph.Vertex(
                    id,
                    vertex.getName(),
                    vertex.getParallelism(),
                    operators.layout().maxParallelism()));
            for (OperatorIDPair operator : vertex.getOperatorIDs()) {
                stageOf.put(operator.getGeneratedOperatorID().toHexString(), id);
            }
        }
        Map<String, String> stageOfPlan = new HashMap<>();
        operators.layout().operators().forEach((id, operator) -> note(stageOfPlan, operator, stageOf.get(id)));
        Map<String, Integer> byStage = new HashMap<>();
        wanted.forEach((name, number) -> byStage.merge(stageOfPlan.getOrDefault(name, name), number, Math::max));
        StageGraph stages = StageGraph.of(JsonPlanGenerator.generatePlan(graph), vertices, operators.singles());
        Map<String, Integer> numbers = stages.fitting(byStage);
        for (JobVertex vertex : graph.getVertices()) {
            Integer number = numbers.get(vertex.getID().toHexString());
            if (number != null) {
                vertex.setParallelism(number);
            }
        }
    }

    private static void note(
            Map<String, String> stages, PlanOperator operator, @org.jspecify.annotations.Nullable String stage) {
        if (stage != null) {
            stages.putIfAbsent(operator.id(), stage);
        }
    }
}
