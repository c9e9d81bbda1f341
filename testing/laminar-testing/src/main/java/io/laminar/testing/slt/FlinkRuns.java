package io.laminar.testing.slt;

import io.laminar.connector.Connectors;
import io.laminar.execution.Operators;
import io.laminar.flink.operator.OperatorSource;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.plan.StreamPlan;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.text.TextRow;
import java.util.List;
import java.util.Map;

/** Runs plans on one Flink cluster in this process. */
public final class FlinkRuns implements AutoCloseable {

    private static final int PARALLELISM = 2;
    private static final Operators OPERATORS = Operators.builtin(Connectors::lookup);

    /** Travels to tasks as its name only: it holds nothing. */
    private static final OperatorSource OPERATOR_SOURCE = node -> OPERATORS.create(node);

    private final JobRuntime runtime = JobRuntime.start(PARALLELISM);
    private int runs;

    /** Whether a case means the same where time is the machine's: it may not move the clock. */
    static boolean canRun(SltCase source) {
        return source.script().stream().noneMatch(SltCommand.Clock.class::isInstance);
    }

    /** Plays a case once; its rows are what was committed. */
    Outcome run(CompiledCase compiled) {
        try (FlinkRun run = start(compiled.plan(), true)) {
            return run.play(compiled.events(Batch.TARGET_ROWS));
        }
    }

    /**
     * Runs a pipeline over sources that end, to its end.
     *
     * @param collecting whether rows are collected instead of written to the pipeline's sinks
     * @return the changes collected, by sink; none if they were written
     * @throws LaminarException what made it fail
     */
    public Map<String, List<TextRow>> run(StreamPlan plan, boolean collecting) {
        try (FlinkRun run = start(plan, collecting)) {
            Outcome outcome = run.play(List.of());
            outcome.error().ifPresent(e -> {
                throw e;
            });
            return outcome.changes();
        }
    }

    private FlinkRun start(StreamPlan plan, boolean collecting) {
        runs++;
        return new FlinkRun(runtime, OPERATOR_SOURCE, "run-" + runs, PARALLELISM, plan, collecting);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
