package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;

/** A rewrite of a plan that keeps its meaning. */
public interface PlanPass {
    StreamPlan apply(StreamPlan plan);
}
