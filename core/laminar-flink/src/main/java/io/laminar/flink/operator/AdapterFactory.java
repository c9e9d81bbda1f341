package io.laminar.flink.operator;

import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Carries a plan node to the workers and makes its operator there. */
public final class AdapterFactory extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Batch, Batch> {
    private final PlanNode node;
    private final OperatorSource operators;
    private final boolean keyed;
    private final long seed;

    /**
     * @param node with stubs for its inputs
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
        return (T) new OperatorAdapter(parameters, operators.create(node), keyed, seed);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return OperatorAdapter.class;
    }
}
