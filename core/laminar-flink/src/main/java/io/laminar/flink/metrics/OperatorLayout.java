package io.laminar.flink.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which Flink operators a plan became.
 *
 * @param operators by Flink's id, in the order of rows; a sink has several
 * @param singles ids of those of the plan that have one subtask at every parallelism
 * @param maxParallelism the most that others can have
 */
public record OperatorLayout(Map<String, PlanOperator> operators, Set<String> singles, int maxParallelism) {
    public OperatorLayout {
        operators = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(operators));
        singles = Set.copyOf(new TreeSet<>(singles));
    }

    int maxParallelism(PlanOperator operator) {
        return singles.contains(operator.id()) ? 1 : maxParallelism;
    }
}
