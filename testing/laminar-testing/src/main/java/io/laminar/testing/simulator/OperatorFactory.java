package io.laminar.testing.simulator;

import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.PlanNode;

/** Makes the operator of one subtask of a node. */
@FunctionalInterface
public interface OperatorFactory {

    Operator create(PlanNode node);
}
