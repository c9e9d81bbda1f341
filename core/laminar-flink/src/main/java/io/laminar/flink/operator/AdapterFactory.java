package io.laminar.flink.operator;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.spill.SpillingOperator;
import io.laminar.execution.spill.StateMemory;
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
    private final StateLimits limits;

    /**
     * @param node with stubs for its one or two inputs
     * @param keyed whether the operator has state by key group
     * @param seed of the random numbers of expressions
     * @param limits of the memory that state takes
     */
    public AdapterFactory(PlanNode node, OperatorSource operators, boolean keyed, long seed, StateLimits limits) {
        this.node = node;
        this.operators = operators;
        this.keyed = keyed;
        this.seed = seed;
        this.limits = limits;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        Operator operator = keyed ? spilling(parameters) : operators.create(node);
        return (T)
                (inputs() == 1
                        ? new OperatorAdapter.OfOne(parameters, operator, keyed, seed)
                        : new OperatorAdapter.OfTwo(parameters, operator, keyed, seed));
    }

    private Operator spilling(StreamOperatorParameters<Batch> parameters) {
        StateMemory memory =
                limits.memoryOf(parameters.getContainingTask().getEnvironment().getJobID());
        return SpillingOperator.of(node, () -> operators.create(node), memory, limits.settings());
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
