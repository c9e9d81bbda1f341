package io.laminar.testing.slt;

import io.laminar.plan.StreamPlan;
import io.laminar.testing.simulator.OperatorFactory;
import io.laminar.testing.simulator.Partitioner;
import java.util.function.Function;

/**
 * What is under test.
 *
 * @param compiler from SQL text to plan; refuses by {@link io.laminar.spi.error.LaminarException}
 */
public record Engine(Function<String, StreamPlan> compiler, OperatorFactory operators, Partitioner partitioner) {}
