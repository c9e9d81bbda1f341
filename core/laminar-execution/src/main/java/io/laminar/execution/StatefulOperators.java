package io.laminar.execution;

import io.laminar.execution.aggregate.AggregateOperator;
import io.laminar.execution.aggregate.PartialAggregateOperator;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.window.PartialWindowOperator;
import io.laminar.execution.window.WindowAggregateOperator;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.WindowAggregateNode;

/** Makes the operators of nodes that aggregate, rank or sort. */
public final class StatefulOperators {

    private StatefulOperators() {}

    public static Operator of(WindowAggregateNode node) {
        return node.phase() == Phase.PARTIAL ? new PartialWindowOperator(node) : new WindowAggregateOperator(node);
    }

    public static Operator of(AggregateNode node) {
        return node.phase() == Phase.PARTIAL ? new PartialAggregateOperator(node) : new AggregateOperator(node);
    }
}
