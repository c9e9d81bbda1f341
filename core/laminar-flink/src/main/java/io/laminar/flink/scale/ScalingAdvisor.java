package io.laminar.flink.scale;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides how many subtasks the stages of one job need. A stage that is busy a share {@code b} of its time with
 * {@code p} subtasks would need {@code p * b / target} for the same rows, and in proportion more if sources could read
 * more than they do, because stages behind them are too slow or because records wait outside (the model of DS2, Kalavri
 * et al., OSDI 2018). Knows no clock: times are given.
 *
 * <p>Against swinging: more subtasks need two looks in a row that say so, fewer need five; after a change there is a
 * pause; and each time fewer subtasks turned out too few, going down again takes twice as many looks.
 */
public final class ScalingAdvisor {
    static final int LOOKS_UP = 2;
    static final int LOOKS_DOWN = 5;
    static final int MOST_LOOKS_DOWN = 80;
    /** One step multiplies or divides the number of subtasks by no more than this. */
    static final int STEP = 2;
    /** How much more than now sources are taken to be able to read. */
    private static final double MOST_GROWTH = 4;
    /** Below this share of the target a stage has too many subtasks. */
    private static final double IDLE = 0.6;

    private final ScalingLimits limits;
    private int looksUp;
    private int looksDown;
    private int neededDown = LOOKS_DOWN;
    private @Nullable Instant changed;
    private boolean lastWasDown;

    public ScalingAdvisor(ScalingLimits limits) {
        this.limits = limits;
    }

    /**
     * Looks at a job.
     *
     * @param loads by id of the stage; stages without one are left as they are
     * @param slots subtasks of one stage that the cluster has room for
     */
    public ScalingDecision look(Instant now, StageGraph graph, Map<String, StageLoad> loads, int slots) {
        if (changed == null) {
            // Flink's tasks look fully busy before they have been measured.
            changed = now;
            return ScalingDecision.none(now, "the job settles");
        }
        if (now.isBefore(changed.plus(limits.pause()))) {
            return ScalingDecision.none(now, "the last change is too recent");
        }
        if (loads.isEmpty()) {
            return ScalingDecision.none(now, "nothing is known of the job's load yet");
        }
        double growth = growth(graph, loads);
        Map<Stage, Integer> up = new LinkedHashMap<>();
        Map<Stage, Integer> down = new LinkedHashMap<>();
        List<String> seen = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (Stage stage : graph.stages()) {
            List<Stage> together = graph.together(stage);
            if (!done.add(stage.id()) || graph.isSingle(stage)) {
                continue;
            }
            together.forEach(one -> done.add(one.id()));
            double busy = busiest(together, loads);
            if (busy >= 0) {
                int wanted = wanted(stage, busy * growth, slots);
                if (wanted != stage.parallelism()) {
                    (wanted > stage.parallelism() ? up : down).put(stage, wanted);
                    seen.add(percent(busy) + " busy: " + stage.shortName());
                }
            }
        }
        String reason = "target " + percent(limits.target())
                + (growth > 1.05 ? String.format(Locale.ROOT, ", sources could read %.1f times as much", growth) : "")
                + (seen.isEmpty() ? "" : ", " + String.join(", ", seen));
        return decide(now, up, down, reason);
    }

    private ScalingDecision decide(Instant now, Map<Stage, Integer> up, Map<Stage, Integer> down, String reason) {
        if (!up.isEmpty()) {
            looksDown = 0;
            if (++looksUp < LOOKS_UP) {
                return ScalingDecision.none(now, "waiting for " + (LOOKS_UP - looksUp) + " more look: " + reason);
            }
            if (lastWasDown) {
                neededDown = Math.min(MOST_LOOKS_DOWN, neededDown * 2);
            }
            return change(now, up, false, reason);
        }
        looksUp = 0;
        if (down.isEmpty()) {
            looksDown = 0;
            return ScalingDecision.none(now, reason);
        }
        if (++looksDown < neededDown) {
            return ScalingDecision.none(now, "waiting for " + (neededDown - looksDown) + " more looks: " + reason);
        }
        return change(now, down, true, reason);
    }

    private ScalingDecision change(Instant now, Map<Stage, Integer> wanted, boolean isDown, String reason) {
        looksUp = 0;
        looksDown = 0;
        changed = now;
        lastWasDown = isDown;
        return ScalingDecision.change(now, wanted, reason);
    }

    /** How many times as much the sources would read if nothing held them back. */
    private double growth(StageGraph graph, Map<String, StageLoad> loads) {
        double growth = 1;
        for (Stage stage : graph.stages()) {
            StageLoad load = loads.get(stage.id());
            if (load != null && stage.inputs().isEmpty()) {
                growth = Math.max(growth, 1 / Math.max(1 / MOST_GROWTH, 1 - load.backpressured()));
                if (load.backlog() > 0 && load.rowsPerSecond() > 0) {
                    double seconds = Math.max(1, limits.catchUp().toSeconds());
                    growth = Math.max(growth, 1 + load.backlog() / (load.rowsPerSecond() * seconds));
                }
            }
        }
        return Math.min(MOST_GROWTH, growth);
    }

    /** How busy the busiest of some stages is; negative if nothing is known of them. */
    private static double busiest(List<Stage> stages, Map<String, StageLoad> loads) {
        double busiest = -1;
        for (Stage stage : stages) {
            StageLoad load = loads.get(stage.id());
            busiest = load == null ? busiest : Math.max(busiest, load.busy());
        }
        return busiest;
    }

    private int wanted(Stage stage, double busy, int slots) {
        int most = Math.min(Math.min(limits.max(), slots), stage.maxParallelism());
        int least = Math.min(limits.min(), most);
        int now = stage.parallelism();
        int wanted = now;
        if (busy > limits.target()) {
            int needed = (int) Math.ceil(now * busy / limits.target() - 1e-9);
            wanted = Math.min(needed, now * STEP);
        } else if (busy < limits.target() * IDLE) {
            int needed = (int) Math.ceil(now * busy / limits.target() - 1e-9);
            wanted = Math.max(needed, (now + STEP - 1) / STEP);
        }
        return Math.max(least, Math.min(most, wanted));
    }

    private static String percent(double share) {
        return Math.round(share * 100) + "%";
    }
}
