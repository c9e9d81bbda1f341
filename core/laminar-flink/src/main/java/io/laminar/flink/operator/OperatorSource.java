package io.laminar.flink.operator;

import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.PlanNode;
import java.io.Serializable;

/** Makes the operator of a plan node on the worker; the node's inputs are stubs. */
@FunctionalInterface
public interface OperatorSource extends Serializable {
    Operator create(PlanNode node);
}
