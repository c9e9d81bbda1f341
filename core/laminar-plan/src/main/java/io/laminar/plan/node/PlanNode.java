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
                AsyncNode,
                UnionNode,
                ExchangeNode,
                WindowAssignNode,
                WindowAggregateNode,
                AggregateNode,
                WindowTopNNode,
                OverNode,
                TopNNode,
                DeduplicateNode,
                MaterializeNode,
                NormalizeNode,
                UpsertNode,
                MatchNode,
                SortLimitNode,
                JoinNode,
                WindowJoinNode,
                IntervalJoinNode,
                TemporalJoinNode,
                AsofJoinNode,
                LookupNode,
                LookupJoinNode,
                FinalRowsNode,
                SinkNode,
                InputStub {

    Schema schema();

    ChangelogMode changelog();

    List<PlanNode> inputs();

    /**
     * Sets of columns that tell the rows of the result apart at any time, the changes of one row coming in order. An
     * empty set: there is at most one row.
     */
    default List<ColumnSet> upsertKeys() {
        return List.of();
    }

    /** Positions of inputs whose rows can come too late for this step; such rows leave in a lane of their own. */
    default List<Integer> lateInputs() {
        return List.of();
    }

    /** The same step over other inputs, given in the order of {@link #inputs}. */
    PlanNode withInputs(List<PlanNode> inputs);

    <R> R accept(PlanVisitor<R> visitor);
}
