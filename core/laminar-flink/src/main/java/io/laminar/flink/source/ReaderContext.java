package io.laminar.flink.source;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.EvaluationContext;

/**
 * The surroundings of an expression that gives rows their event time. It has neither clock nor random numbers: event
 * time has to be the same when rows are read again after a failure.
 */
final class ReaderContext implements OperatorContext, EvaluationContext {

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
        return 1;
    }

    @Override
    public KeyGroupRange keyGroups() {
        return new KeyGroupRange(0, 0);
    }

    @Override
    public EvaluationContext evaluation() {
        return this;
    }

    @Override
    public long now() {
        throw refusal("the time of the clock");
    }

    @Override
    public double random() {
        throw refusal("random numbers");
    }

    @Override
    public long randomLong() {
        throw refusal("random numbers");
    }

    @Override
    public void wakeAt(long time) {
        throw refusal("the time of the clock");
    }

    @Override
    public void wake() {
        throw refusal("being woken");
    }

    @Override
    public void count(String metric, long amount) {}

    private static LaminarException refusal(String what) {
        return new LaminarException(
                ErrorCode.INVALID_QUERY, "an event time cannot be computed from " + what, "use PROCTIME() windows");
    }
}
