package io.laminar.flink.runtime;

import io.laminar.flink.translate.TranslatedOperators;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;

/**
 * What a saved state means for a pipeline, which may have changed since it was saved. Operators are the same if they
 * compute the same from the same.
 *
 * @param kept operators that go on with their state
 * @param empty operators with state that start without
 * @param dropped operators whose state nobody takes over
 */
public record StateReport(List<String> kept, List<String> empty, List<String> dropped) {
    public StateReport {
        kept = List.copyOf(kept);
        empty = List.copyOf(empty);
        dropped = List.copyOf(dropped);
    }

    static StateReport of(SavedState saved, JobGraph graph, TranslatedOperators operators) {
        Set<String> present = new HashSet<>();
        for (JobVertex vertex : graph.getVertices()) {
            for (OperatorIDPair id : vertex.getOperatorIDs()) {
                present.add(id.getGeneratedOperatorID().toHexString());
                id.getUserDefinedOperatorID().ifPresent(own -> present.add(own.toHexString()));
            }
        }
        Map<String, Integer> kept = new TreeMap<>();
        Map<String, Integer> dropped = new TreeMap<>();
        Map<String, Integer> empty = new TreeMap<>();
        Set<String> found = new HashSet<>();
        for (OperatorState operator : saved.metadata().getOperatorStates()) {
            String id = operator.getOperatorID().toHexString();
            if (operator.getStateSize() > 0) {
                found.add(id);
                if (present.contains(id)) {
                    kept.merge(operators.descriptions().getOrDefault(id, saved.describe(id)), 1, Integer::sum);
                } else {
                    dropped.merge(saved.describe(id), 1, Integer::sum);
                }
            }
        }
        for (String id : operators.stateful()) {
            // Of an operator that was there before and had nothing to keep, nothing is missing.
            if (!found.contains(id) && !saved.operators().containsKey(id)) {
                empty.merge(operators.descriptions().getOrDefault(id, "an operator"), 1, Integer::sum);
            }
        }
        return new StateReport(names(kept), names(empty), names(dropped));
    }

    /** What is known before any state is looked at: every operator that keeps state may have some. */
    static StateReport between(TranslatedOperators before, TranslatedOperators after) {
        Map<String, Integer> kept = new TreeMap<>();
        Map<String, Integer> dropped = new TreeMap<>();
        Map<String, Integer> empty = new TreeMap<>();
        for (String id : after.stateful()) {
            (before.stateful().contains(id) ? kept : empty)
                    .merge(after.descriptions().getOrDefault(id, "an operator"), 1, Integer::sum);
        }
        for (String id : before.stateful()) {
            if (!after.descriptions().containsKey(id)) {
                dropped.merge(before.descriptions().getOrDefault(id, "an operator"), 1, Integer::sum);
            }
        }
        return new StateReport(names(kept), names(empty), names(dropped));
    }

    private static List<String> names(Map<String, Integer> counts) {
        List<String> names = new ArrayList<>();
        counts.forEach((name, count) -> names.add(count == 1 ? name : count + " x " + name));
        return names;
    }

    /** Whether the pipeline is the one that the state is of. */
    public boolean isWhole() {
        return empty.isEmpty() && dropped.isEmpty();
    }

    /** Refuses to lose state silently. */
    void requireNothingDropped() {
        if (!dropped.isEmpty()) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the saved state is that of another pipeline: it has state of " + String.join(", ", dropped)
                            + ", which this pipeline does not have",
                    "--drop-state goes on without it; otherwise give this pipeline another state folder");
        }
    }

    /** A line for each kind of operators there are. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(lines, "goes on with its state: ", kept);
        add(lines, "starts empty: ", empty);
        add(lines, "state is dropped: ", dropped);
        return lines;
    }

    private static void add(List<String> lines, String what, List<String> names) {
        names.forEach(name -> lines.add(what + name));
    }
}
