package io.laminar.flink.scale;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many subtasks somebody wants.
 *
 * @param everywhere for all stages that are not named; null to leave them as they are
 * @param byStage by the stage's id, the first digits of it, or the name of an operator in it
 */
public record Parallelisms(@Nullable Integer everywhere, Map<String, Integer> byStage) {
    public Parallelisms {
        byStage = Map.copyOf(byStage);
    }

    public static Parallelisms everywhere(int parallelism) {
        return new Parallelisms(parallelism, Map.of());
    }

    public static Parallelisms of(Map<String, Integer> byStage) {
        return new Parallelisms(null, byStage);
    }

    @Override
    public String toString() {
        Map<String, Integer> sorted = new TreeMap<>(byStage);
        return everywhere == null ? sorted.toString() : everywhere + (sorted.isEmpty() ? "" : " " + sorted);
    }
}
