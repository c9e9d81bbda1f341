package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.ConstantEvaluation;
import java.util.List;

/** All passes in their order. */
public final class Optimizer {
    private static final PlanPass SIMPLIFY = new RepeatPasses(List.of(
            new SimplifyExpressions(), new FoldConstants(ConstantEvaluation.installed()), new RemoveEmptyInputs()));

    /** Each pass may rely on those before it. */
    public static final List<PlanPass> PASSES = List.of(
            new SkipFailingRows(),
            new ExtractAsyncCalls(),
            new MergeFilterProjects(),
            SIMPLIFY,
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
