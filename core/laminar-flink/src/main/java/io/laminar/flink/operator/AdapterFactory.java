package io.laminar.flink.operator;

import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Carries a plan node to the workers and makes its operator there. */
public final class AdapterFactory extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Batch, Batch>, TwoInputStreamOperatorFactory<Batch, Batch, Batch> {
    private final PlanNode node;
    private final OperatorSource operators;
    private final boolean keyed;
    private final long seed;

    /**
     * @param node with stubs for its one or two inputs
     * @param keyed whether the operator has state by key group
     * @param seed of the random numbers of expressions
     */
    public AdapterFactory(PlanNode node, OperatorSource operators, boolean keyed, long seed) {
        this.node = node;
        this.operators = operators;
        this.keyed = keyed;
        this.seed = seed;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        Operator operator = operators.create(node);
        return (T)
                (inputs() == 1
                        ? new OperatorAdapter.OfOne(parameters, operator, keyed, seed)
                        : new OperatorAdapter.OfTwo(parameters, operator, keyed, seed));
    }

    private int inputs() {
        return node.inputs().size();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return inputs() == 1 ? OperatorAdapter.OfOne.class : OperatorAdapter.OfTwo.class;
    }
}
