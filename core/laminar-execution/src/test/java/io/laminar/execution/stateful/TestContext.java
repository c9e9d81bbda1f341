package io.laminar.execution.stateful;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.spi.function.EvaluationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** A subtask's surroundings with a clock that is set by hand. */
final class TestContext implements OperatorContext {
    static final int MAX_PARALLELISM = 16;

    private final int subtask;
    private final int parallelism;
    final Map<String, Long> counters = new HashMap<>();
    final TreeSet<Long> wakeUps = new TreeSet<>();
    long now;

    TestContext(int subtask, int parallelism, long now) {
        this.subtask = subtask;
        this.parallelism = parallelism;
        this.now = now;
    }

    @Override
    public int subtask() {
        return subtask;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public int maxParallelism() {
        return MAX_PARALLELISM;
    }

    @Override
    public KeyGroupRange keyGroups() {
        return KeyGroupRange.of(subtask, parallelism, MAX_PARALLELISM);
    }

    @Override
    public EvaluationContext evaluation() {
        return new EvaluationContext() {
            @Override
            public long now() {
                return now;
            }

            @Override
            public double random() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long randomLong() {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void wakeAt(long time) {
        wakeUps.add(time);
    }

    @Override
    public void wake() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void count(String metric, long amount) {
        counters.merge(metric, amount, Long::sum);
    }
}
