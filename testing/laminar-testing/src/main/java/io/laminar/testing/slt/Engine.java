package io.laminar.testing.slt;

import io.laminar.connector.Connectors;
import io.laminar.execution.Operators;
import io.laminar.execution.spill.SpillSettings;
import io.laminar.execution.spill.SpillingOperator;
import io.laminar.execution.spill.StateMemory;
import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.Distributions;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.testing.simulator.OperatorFactory;
import java.util.Map;
import java.util.function.Function;

/**
 * What is under test.
 *
 * @param compiler from SQL text to plan; refuses by {@link io.laminar.spi.error.LaminarException}
 */
public record Engine(Function<String, StreamPlan> compiler, OperatorFactory operators) {

    private static final SpillSettings TINY = new SpillSettings(0, 6000, 1, "");

    /**
     * Laminar as it is on the class path. Changes are not held back for a time unless a text asks for it, since no time
     * passes in a script.
     */
    public static Engine laminar() {
        PlannerContext context = new PlannerContext(
                new ConnectorCatalog(), FunctionCatalog.installed(), Map.of("updating_flush_interval", "0 seconds"));
        Operators operators = Operators.builtin(Connectors::lookup);
        return new Engine(sql -> compile(sql, context), operators::create);
    }

    /** The same with state that may take next to no memory, so that it is written to disk and read back all the time. */
    Engine spilling() {
        StateMemory memory = new StateMemory(1, Long.MAX_VALUE);
        return new Engine(
                compiler,
                node -> Distributions.of(node).isEmpty()
                        ? operators.create(node)
                        : SpillingOperator.of(node, () -> operators.create(node), memory, TINY));
    }

    /** The first error stands for all of them. */
    private static StreamPlan compile(String sql, PlannerContext context) {
        try {
            return PipelineCompiler.compile(sql, context).plan();
        } catch (PipelineErrors e) {
            throw e.errors().get(0);
        }
    }
}
