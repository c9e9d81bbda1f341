package io.laminar.plan;

import io.laminar.plan.node.SinkNode;
import java.io.Serializable;
import java.util.List;

/** What one job computes: the sinks and, through their inputs, everything they need. */
public record StreamPlan(List<SinkNode> sinks, PipelineSettings settings) implements Serializable {
    public StreamPlan {
        sinks = List.copyOf(sinks);
    }
}
