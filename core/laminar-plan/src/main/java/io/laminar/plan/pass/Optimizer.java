package io.laminar.plan.pass;

import io.laminar.plan.SourceFiltering;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.ConstantEvaluation;
import java.util.List;

/** All passes in their order. */
public final class Optimizer {
    /** Passes that make work for each other. What is shared comes first: conditions do not move into it. */
    private static final PlanPass LOGICAL = new RepeatPasses(List.of(
            new SimplifyExpressions(),
            new FoldConstants(ConstantEvaluation.installed()),
            new RemoveEmptyInputs(),
            new MergeAggregates(),
            new MergeJoins(),
            new ReduceOuterJoins(),
            new PushFilters(),
            new MergeFilterProjects()));

    /** Each pass may rely on those before it. */
    public static final List<PlanPass> PASSES = List.of(
            new SkipFailingRows(),
            new ExtractAsyncCalls(),
            new MergeFilterProjects(),
            LOGICAL,
            new PruneColumns(),
            new PruneMembers(),
            new RemoveIdentityProjects(),
            new PushSourceFilters(SourceFiltering.installed()),
            new SplitDistinct(),
            new MergeFilterProjects(),
            new SplitAggregates(),
            new InsertExchanges(),
            new OmitUpdateBefore());

    private Optimizer() {}

    public static StreamPlan optimize(StreamPlan plan) {
        StreamPlan optimized = plan;
        for (PlanPass pass : PASSES) {
            optimized = pass.apply(optimized);
        }
        return optimized;
    }
}
