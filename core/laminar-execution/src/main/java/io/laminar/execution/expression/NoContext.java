package io.laminar.execution.expression;

import io.laminar.spi.function.EvaluationContext;

/** Stands where nothing may ask for the time or for random numbers. */
enum NoContext implements EvaluationContext {
    INSTANCE;

    @Override
    public long now() {
        throw refused();
    }

    @Override
    public double random() {
        throw refused();
    }

    @Override
    public long randomLong() {
        throw refused();
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("no evaluation context outside of a batch");
    }
}
