package io.laminar.flink.translate;

import io.laminar.flink.metrics.OperatorLayout;
import java.util.Map;
import java.util.Set;

/**
 * The Flink operators a plan became.
 *
 * @param descriptions what an operator is, by Flink's id of it
 * @param stateful ids of those that keep state between rows; of sinks and what connectors keep nothing is known
 * @param singles ids of those that have one subtask at every parallelism, because all rows have to meet
 * @param layout those that users know from the plan
 */
public record TranslatedOperators(
        Map<String, String> descriptions, Set<String> stateful, Set<String> singles, OperatorLayout layout) {
    public TranslatedOperators {
        stateful = Set.copyOf(stateful);
        descriptions = Map.copyOf(descriptions);
        singles = Set.copyOf(singles);
    }
}
