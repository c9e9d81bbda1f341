package io.laminar.execution.operator;

import io.laminar.plan.node.PlanNode;

/** Makes the operator of one kind of plan node. */
@FunctionalInterface
public interface OperatorFactory<N extends PlanNode> {
    Operator create(N node);
}
