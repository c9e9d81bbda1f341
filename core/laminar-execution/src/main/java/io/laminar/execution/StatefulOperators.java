package io.laminar.execution;

import io.laminar.execution.aggregate.AggregateOperator;
import io.laminar.execution.aggregate.PartialAggregateOperator;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.over.OverOperator;
import io.laminar.execution.sort.FinalRowsOperator;
import io.laminar.execution.sort.SortLimitOperator;
import io.laminar.execution.sort.WindowTopNOperator;
import io.laminar.execution.topn.FirstRowOperator;
import io.laminar.execution.topn.LastRowOperator;
import io.laminar.execution.topn.TopNOperator;
import io.laminar.execution.window.PartialWindowOperator;
import io.laminar.execution.window.WindowAggregateOperator;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowTopNNode;

/** Makes the operators of nodes that aggregate, rank or sort. */
public final class StatefulOperators {

    private StatefulOperators() {}

    public static Operator of(WindowAggregateNode node) {
        return node.phase() == Phase.PARTIAL ? new PartialWindowOperator(node) : new WindowAggregateOperator(node);
    }

    public static Operator of(AggregateNode node) {
        return node.phase() == Phase.PARTIAL ? new PartialAggregateOperator(node) : new AggregateOperator(node);
    }

    public static Operator of(WindowTopNNode node) {
        return new WindowTopNOperator(node);
    }

    public static Operator of(TopNNode node) {
        return new TopNOperator(node);
    }

    public static Operator of(DeduplicateNode node) {
        return node.keep() == DeduplicateNode.Keep.FIRST ? new FirstRowOperator(node) : new LastRowOperator(node);
    }

    public static Operator of(MaterializeNode node) {
        return TopNOperator.newestRows(node);
    }

    public static Operator of(OverNode node) {
        return new OverOperator(node);
    }

    public static Operator of(SortLimitNode node) {
        return new SortLimitOperator(node);
    }

    public static Operator of(FinalRowsNode node) {
        return new FinalRowsOperator(node);
    }
}
