package io.laminar.testing.slt;

import io.laminar.connector.Connectors;
import io.laminar.execution.Operators;
import io.laminar.flink.cluster.ClusterSize;
import io.laminar.flink.operator.OperatorSource;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.plan.StreamPlan;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.slt.FlinkRun.Start;
import io.laminar.testing.text.TextRow;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Runs plans on one Flink cluster in this process. */
public final class FlinkRuns implements AutoCloseable {

    private static final int PARALLELISM = 2;
    private static final int EXCHANGES = 100;
    private static final Operators OPERATORS = Operators.builtin(Connectors::lookup);

    /** Travels to tasks as its name only: it holds nothing. */
    private static final OperatorSource OPERATOR_SOURCE = node -> OPERATORS.create(node);

    /** Tables are called after their run, and saved state belongs to tables: its runs have one name. */
    private static final String SAVED = "saved";

    private final JobRuntime runtime = JobRuntime.start(new ClusterSize(PARALLELISM, EXCHANGES));
    private int runs;

    /** Whether a case means the same where time is the machine's: it may not move the clock. */
    static boolean canRun(SltCase source) {
        return source.script().stream().noneMatch(SltCommand.Clock.class::isInstance);
    }

    /** Whether a case can go on after a failure: one that is to fail by itself cannot. */
    static boolean canFail(SltCase source) {
        return canRun(source) && source.expectedError().isEmpty();
    }

    /** Plays a case once; its rows are what was committed. */
    Outcome run(CompiledCase compiled) {
        try (FlinkRun run = start(compiled.plan(), true, Start.NEW)) {
            return run.play(compiled.events(Batch.TARGET_ROWS));
        }
    }

    /**
     * Plays a case during which every reader fails, with rows on their way since the last checkpoint.
     *
     * @param seed of the point where that happens
     */
    Outcome runWithFault(CompiledCase compiled, long seed) {
        List<ScriptEvent> events = compiled.events(1);
        int[] rows = IntStream.range(0, events.size())
                .filter(i -> events.get(i) instanceof ScriptEvent.Rows)
                .toArray();
        int failing = rows.length == 0 ? -1 : rows[new Random(seed).nextInt(rows.length)];
        try (FlinkRun run = start(compiled.plan(), true, Start.WITH_FAULTS)) {
            return run.play(events, failing);
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
        return run(plan, collecting, PARALLELISM);
    }

    /**
     * The same with so many subtasks of every operator. With one, rows of a file are late or not in every run alike;
     * with more, a subtask without a file may hold watermarks back for as long as it takes to end.
     */
    public Map<String, List<TextRow>> run(StreamPlan plan, boolean collecting, int parallelism) {
        runs++;
        try (FlinkRun run =
                new FlinkRun(runtime, OPERATOR_SOURCE, "run-" + runs, parallelism, plan, collecting, Start.NEW)) {
            Outcome outcome = run.play(List.of());
            outcome.error().ifPresent(e -> {
                throw e;
            });
            return outcome.changes();
        }
    }

    /** Plays the first events of a case and saves its state. */
    Outcome save(CompiledCase compiled, int events, String folder) {
        List<ScriptEvent> all = compiled.events(Batch.TARGET_ROWS);
        try (FlinkRun run = start(SAVED, compiled.plan(), true, Start.NEW)) {
            return run.playAndSave(all.subList(0, events), folder);
        }
    }

    /** Plays all but the first events of a case, from the state that was saved after those. */
    Outcome resume(CompiledCase compiled, int events, String savepoint) {
        List<ScriptEvent> all = compiled.events(Batch.TARGET_ROWS);
        try (FlinkRun run = start(SAVED, compiled.plan(), true, new Start(false, savepoint, all.subList(0, events)))) {
            return run.playOn(all, events);
        }
    }

    private FlinkRun start(StreamPlan plan, boolean collecting, Start start) {
        runs++;
        return start("run-" + runs, plan, collecting, start);
    }

    private FlinkRun start(String name, StreamPlan plan, boolean collecting, Start start) {
        return new FlinkRun(runtime, OPERATOR_SOURCE, name, PARALLELISM, plan, collecting, start);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
