package io.laminar.execution;

import io.laminar.execution.join.AsofJoinOperator;
import io.laminar.execution.join.IntervalJoinOperator;
import io.laminar.execution.join.TemporalJoinOperator;
import io.laminar.execution.join.WindowJoinOperator;
import io.laminar.execution.window.WindowAssignOperator;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.TemporalJoinNode;
import io.laminar.plan.node.WindowAssignNode;
import io.laminar.plan.node.WindowJoinNode;

/** Makes the operators of joins that time bounds. */
final class TimedJoinOperators {

    private TimedJoinOperators() {}

    static void register(Operators operators) {
        operators.register(WindowAssignNode.class, WindowAssignOperator::new);
        operators.register(WindowJoinNode.class, WindowJoinOperator::new);
        operators.register(IntervalJoinNode.class, IntervalJoinOperator::new);
        operators.register(TemporalJoinNode.class, TemporalJoinOperator::new);
        operators.register(AsofJoinNode.class, AsofJoinOperator::new);
    }
}
