package io.laminar.benchmark.roofline;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.spi.function.EvaluationContext;

/** The surroundings of an operator that runs alone, with all key groups. */
public class StandaloneContext implements OperatorContext, EvaluationContext {
    private static final int MAX_PARALLELISM = 128;

    @Override
    public int subtask() {
        return 0;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public int maxParallelism() {
        return MAX_PARALLELISM;
    }

    @Override
    public KeyGroupRange keyGroups() {
        return new KeyGroupRange(0, MAX_PARALLELISM - 1);
    }

    @Override
    public EvaluationContext evaluation() {
        return this;
    }

    @Override
    public long now() {
        return 0;
    }

    @Override
    public void wakeAt(long time) {}

    @Override
    public void wake() {}

    @Override
    public void count(String metric, long amount) {}

    @Override
    public double random() {
        return 0;
    }

    @Override
    public long randomLong() {
        return 0;
    }
}
