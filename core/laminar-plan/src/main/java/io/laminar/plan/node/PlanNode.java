package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.util.List;

/**
 * A step of a plan. Immutable; equal nodes compute the same, so a node that several others read is shared. Every stream
 * between nodes also carries the hidden columns rowtime and row kind.
 */
public sealed interface PlanNode extends Serializable
        permits SourceNode,
                ValuesNode,
                LaneNode,
                FilterProjectNode,
                ExpandNode,
                UnnestNode,
                SetOperationNode,
                UnionNode,
                ExchangeNode,
                WindowAggregateNode,
                AggregateNode,
                WindowTopNNode,
                TopNNode,
                DeduplicateNode,
                SortLimitNode,
                JoinNode,
                FinalRowsNode,
                SinkNode,
                InputStub {

    Schema schema();

    ChangelogMode changelog();

    List<PlanNode> inputs();

    /** The same step over other inputs, given in the order of {@link #inputs}. */
    PlanNode withInputs(List<PlanNode> inputs);

    <R> R accept(PlanVisitor<R> visitor);
}
