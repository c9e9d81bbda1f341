package io.laminar.flink.scale;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the autoscaler made of one look at a job.
 *
 * @param changes empty if it leaves the job as it is
 * @param reason in words: what it saw, and what follows from that
 */
public record ScalingDecision(Instant at, List<Change> changes, String reason) {
    public ScalingDecision {
        changes = List.copyOf(changes);
    }

    /** More or fewer subtasks for one stage. */
    public record Change(Stage stage, int to) {
        @Override
        public String toString() {
            return stage.shortName() + ": " + stage.parallelism() + " to " + to;
        }
    }

    /** The changes as something to ask a job for. */
    public Parallelisms parallelisms() {
        return Parallelisms.of(changes.stream()
                .collect(Collectors.toMap(change -> change.stage().id(), Change::to)));
    }

    @Override
    public String toString() {
        String what = changes.isEmpty()
                ? "no change"
                : changes.stream().map(Change::toString).collect(Collectors.joining(", "));
        return what + " (" + reason + ")";
    }

    /** A look that changes nothing. */
    public static ScalingDecision none(Instant at, String reason) {
        return new ScalingDecision(at, List.of(), reason);
    }

    static ScalingDecision change(Instant at, Map<Stage, Integer> wanted, String reason) {
        return new ScalingDecision(
                at,
                wanted.entrySet().stream()
                        .map(entry -> new Change(entry.getKey(), entry.getValue()))
                        .toList(),
                reason);
    }
}
