package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import java.util.List;

/** Passes that make work for each other, in turn until none of them changes anything. */
public record RepeatPasses(List<PlanPass> passes) implements PlanPass {
    /** Rewrites that undo each other would be a mistake; it must not hang a planner. */
    private static final int LIMIT = 20;

    public RepeatPasses {
        passes = List.copyOf(passes);
    }

    @Override
    public StreamPlan apply(StreamPlan plan) {
        StreamPlan before = plan;
        for (int round = 0; round < LIMIT; round++) {
            StreamPlan after = before;
            for (PlanPass pass : passes) {
                after = pass.apply(after);
            }
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        return before;
    }
}
