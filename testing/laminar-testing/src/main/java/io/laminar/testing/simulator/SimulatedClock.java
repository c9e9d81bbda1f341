package io.laminar.testing.simulator;

import io.laminar.spi.function.EvaluationContext;
import java.util.Random;

/** Time and chance as the script says. */
final class SimulatedClock implements EvaluationContext {

    private final Random random;
    private long now;

    SimulatedClock(long seed, long now) {
        this.random = new Random(seed);
        this.now = now;
    }

    void set(long time) {
        now = Math.max(now, time);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public double random() {
        return random.nextDouble();
    }

    @Override
    public long randomLong() {
        return random.nextLong();
    }
}
