package io.laminar.testing.slt;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.connector.TestConnector;
import io.laminar.testing.simulator.OperatorFactory;
import io.laminar.testing.simulator.SimulatedJob;
import io.laminar.testing.simulator.Snapshot;
import io.laminar.testing.text.TextRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays a script against a plan in the simulator, in one mode. */
final class SimulatedRun {

    private static final int MOST_STEPS = 12;
    /** One event in so many has a checkpoint before it. */
    private static final int FURTHER_CHECKPOINTS = 4;

    private final StreamPlan plan;
    private final List<ScriptEvent> events;
    private final SltMode mode;
    private final OperatorFactory operators;
    private final Random random;
    private final Map<String, List<TextRow>> changes = new TreeMap<>();
    private final Map<Long, Integer> positions = new HashMap<>();

    private @Nullable Snapshot snapshot;
    private int position;
    private boolean finished;
    private long checkpoints;

    SimulatedRun(StreamPlan plan, List<ScriptEvent> events, SltMode mode, OperatorFactory operators) {
        this.plan = plan;
        this.events = events;
        this.mode = mode;
        this.operators = operators;
        this.random = new Random(mode.seed());
        plan.sinks().forEach(s -> changes.put(s.table().name(), new ArrayList<>()));
    }

    Outcome run() {
        Map<String, Long> counters = new TreeMap<>();
        try {
            for (Stage stage : Stage.of(mode, events.size())) {
                if (!finished) {
                    counters = attempt(stage);
                }
            }
        } catch (LaminarException e) {
            return new Outcome(changes, counters, Optional.of(e));
        }
        return new Outcome(changes, counters, Optional.empty());
    }

    private Map<String, Long> attempt(Stage stage) {
        SimulatedJob.Options options =
                new SimulatedJob.Options(stage.parallelism(), random.nextLong(), clockAt(position));
        try (SimulatedJob job = new SimulatedJob(plan, options, operators, snapshot)) {
            restoreWatermarks(job);
            // Further checkpoints may have come farther than the stage was to go.
            int end = Math.max(position, Math.min(stage.killAt(), events.size()));
            for (int i = position; i < end; i++) {
                if (i == stage.checkpointAt()) {
                    checkpoint(job, i);
                }
                maybeCheckpoint(job, i);
                play(job, i);
            }
            if (stage.isLast()) {
                finish(job);
            } else if (Math.max(position, stage.checkpointAt()) == end) {
                checkpoint(job, end);
            }
            if (stage.settled()) {
                job.run();
            } else {
                job.run(random.nextInt(MOST_STEPS));
            }
            keep(job);
            return job.counters();
        }
    }

    /** Watermarks are no part of a checkpoint: a source that starts again says how far it has come. */
    private void restoreWatermarks(SimulatedJob job) {
        for (ScriptEvent event : events.subList(0, position)) {
            if (event instanceof ScriptEvent.Watermark mark) {
                sources(job, mark.table()).forEach(s -> job.watermark(s, mark.time()));
            }
        }
        job.run();
    }

    private void play(SimulatedJob job, int index) {
        ScriptEvent event = events.get(index);
        if (event instanceof ScriptEvent.Rows rows) {
            feed(job, rows, index);
            if (mode.kind() == SltMode.Kind.STRAIGHT) {
                job.run();
            } else {
                job.run(random.nextInt(MOST_STEPS));
            }
        } else if (event instanceof ScriptEvent.Watermark mark) {
            sources(job, mark.table()).forEach(s -> job.watermark(s, mark.time()));
            // Which rows are late is only certain if the watermark is everywhere before the next row.
            job.run();
        } else if (event instanceof ScriptEvent.Clock clock) {
            job.run();
            job.clock(clock.time());
            job.run();
        } else {
            checkpoint(job, index + 1);
            job.run(random.nextInt(MOST_STEPS));
        }
    }

    private void feed(SimulatedJob job, ScriptEvent.Rows rows, int index) {
        for (SourceNode source : sources(job, rows.table())) {
            boolean ordered = source.changelog() != ChangelogMode.APPEND || TestConnector.isOrdered(source.table());
            int subtask = ordered ? 0 : index % job.parallelism();
            job.feed(source, subtask, rows.batch(source.schema(), clockAt(index)));
        }
    }

    private static List<SourceNode> sources(SimulatedJob job, String table) {
        return job.sources().stream()
                .filter(s -> s.table().name().equalsIgnoreCase(table))
                .toList();
    }

    /** Further checkpoints on the way, some in vain, so that one is built on another. */
    private void maybeCheckpoint(SimulatedJob job, int eventsBefore) {
        if (mode.kind() == SltMode.Kind.STRAIGHT || random.nextInt(FURTHER_CHECKPOINTS) > 0) {
            return;
        }
        if (random.nextInt(FURTHER_CHECKPOINTS) == 0) {
            checkpoints++;
            job.checkpointInVain(checkpoints);
        } else {
            checkpoint(job, eventsBefore);
        }
        job.run(random.nextInt(MOST_STEPS));
    }

    private void checkpoint(SimulatedJob job, int eventsBefore) {
        checkpoints++;
        positions.put(checkpoints, eventsBefore);
        job.checkpoint(checkpoints);
    }

    /** What is left at the end of the script: bounded tables end, the others take a last checkpoint. */
    private void finish(SimulatedJob job) {
        job.run();
        job.sources().stream().filter(SourceNode::bounded).forEach(job::end);
        job.run();
        if (!job.isFinished()) {
            checkpoint(job, events.size());
            job.run();
        }
    }

    /** Keeps what outlives the attempt: committed rows and the latest complete checkpoint. */
    private void keep(SimulatedJob job) {
        for (SinkNode sink : plan.sinks()) {
            List<TextRow> rows = changes.get(sink.table().name());
            for (Batch batch : job.committed(sink)) {
                if (rows != null) {
                    rows.addAll(TextRow.of(batch, sink.schema()));
                }
            }
        }
        finished = job.isFinished();
        snapshot = job.completed().orElse(null);
        position = snapshot == null ? 0 : positions.getOrDefault(snapshot.checkpoint(), 0);
    }

    private long clockAt(int index) {
        long now = 0;
        for (ScriptEvent event : events.subList(0, index)) {
            if (event instanceof ScriptEvent.Clock clock) {
                now = Math.max(now, clock.time());
            }
        }
        return now;
    }
}
