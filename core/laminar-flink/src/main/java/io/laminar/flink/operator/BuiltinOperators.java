package io.laminar.flink.operator;

import io.laminar.connector.Connectors;
import io.laminar.execution.Operators;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.PlanNode;

/** The operators that come with Laminar. One registry per process, so that compiled expressions are shared. */
public final class BuiltinOperators implements OperatorSource {
    public static final BuiltinOperators INSTANCE = new BuiltinOperators();

    private BuiltinOperators() {}

    @Override
    public Operator create(PlanNode node) {
        return Registry.OPERATORS.create(node);
    }

    /** Made on the first use on a worker, not where a plan is translated. */
    private static final class Registry {
        private static final Operators OPERATORS = Operators.builtin(Connectors::lookup);
    }
}
