package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import java.util.List;

/** All passes in their order. */
public final class Optimizer {
    /** Each pass may rely on those before it. */
    public static final List<PlanPass> PASSES = List.of(
            new SkipFailingRows(),
            new ExtractAsyncCalls(),
            new MergeFilterProjects(),
            new PruneColumns(),
            new PruneMembers(),
            new RemoveIdentityProjects(),
            new SplitAggregates(),
            new InsertExchanges());

    private Optimizer() {}

    public static StreamPlan optimize(StreamPlan plan) {
        StreamPlan optimized = plan;
        for (PlanPass pass : PASSES) {
            optimized = pass.apply(optimized);
        }
        return optimized;
    }
}
