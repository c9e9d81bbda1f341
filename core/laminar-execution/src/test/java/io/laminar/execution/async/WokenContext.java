package io.laminar.execution.async;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.spi.function.EvaluationContext;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/** Counts how often an operator is woken. The clock stands still. */
public final class WokenContext implements OperatorContext {
    public final Semaphore woken = new Semaphore(0);
    public final TreeSet<Long> timers = new TreeSet<>();
    long leftOut;

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
        throw new UnsupportedOperationException();
    }

    @Override
    public long now() {
        return 0;
    }

    @Override
    public void wakeAt(long time) {
        timers.add(time);
    }

    @Override
    public void wake() {
        woken.release();
    }

    @Override
    public void count(String metric, long amount) {
        leftOut += amount;
    }
}
