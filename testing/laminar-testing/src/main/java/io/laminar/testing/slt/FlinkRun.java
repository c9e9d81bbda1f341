package io.laminar.testing.slt;

import io.laminar.flink.operator.OperatorSource;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.testing.connector.CollectedRows;
import io.laminar.testing.connector.ScriptLog;
import io.laminar.testing.connector.TestConnector;
import io.laminar.testing.text.TextRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script against a job on Flink. Where the script needs everything fed so far to have had its effect, a
 * checkpoint is taken: its barrier is behind all rows, so once it is complete they have gone all the way.
 */
final class FlinkRun implements AutoCloseable {

    /** Checkpoints are taken where the script needs them, and at the end of the job. */
    private static final Duration CHECKPOINTS = Duration.ofDays(1);

    /** Every reader may be the first to fail once more. */
    private static final int RESTARTS = 20;

    private static final int MOST_TRIES = 10_000;

    /**
     * How a run begins.
     *
     * @param faults whether it goes on after failures
     * @param savepoint to start from; null to start from nothing
     * @param earlier what the sources had been fed when the savepoint was taken
     */
    record Start(boolean faults, @Nullable String savepoint, List<ScriptEvent> earlier) {
        static final Start NEW = new Start(false, null, List.of());
        static final Start WITH_FAULTS = new Start(true, null, List.of());
    }

    private final StreamPlan plan;
    private final int parallelism;
    private final boolean collecting;
    private final Map<SourceNode, ScriptLog> logs = new LinkedHashMap<>();
    private final Map<SinkNode, CollectedRows> rows = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final RunningJob job;
    private final CompletableFuture<RunningJob.End> end;

    FlinkRun(
            JobRuntime runtime,
            OperatorSource operators,
            String name,
            int parallelism,
            StreamPlan original,
            boolean collecting,
            Start start) {
        this.parallelism = parallelism;
        this.collecting = collecting;
        this.plan = new StreamPlan(
                original.sinks().stream().map(s -> (SinkNode) named(s, name)).toList(), original.settings());
        JobRequest request = new JobRequest(
                name,
                plan,
                new JobSettings(parallelism, JobSettings.DEFAULT_MAX_PARALLELISM, false, 1),
                operators,
                CHECKPOINTS,
                null,
                start.savepoint(),
                false,
                start.faults() ? RESTARTS : 0);
        feed(start.earlier());
        this.job = runtime.submit(request);
        this.end = CompletableFuture.supplyAsync(this::await, task -> new Thread(task, name).start());
    }

    private RunningJob.End await() {
        try {
            return job.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same plan over tables that belong to this run. Equal nodes stay equal, so what was shared still is. */
    private PlanNode named(PlanNode node, String run) {
        if (node instanceof SourceNode source && source.table().connector().equals("test")) {
            return namedSource(source, run);
        }
        PlanNode same =
                node.withInputs(node.inputs().stream().map(i -> named(i, run)).toList());
        return same instanceof SinkNode sink && collecting ? namedSink(sink, run) : same;
    }

    private SourceNode namedSource(SourceNode source, String run) {
        String name = run + "/" + source.table().name() + source.schema().names();
        SourceNode named =
                new SourceNode(renamed(source.table(), name), source.watermark(), source.bounded(), source.changelog());
        if (!logs.containsKey(named)) {
            logs.put(named, ScriptLog.open(name, parallelism));
            names.add(name);
        }
        return named;
    }

    private SinkNode namedSink(SinkNode sink, String run) {
        String name = run + "/sink-" + rows.size();
        TableDescriptor table = new TableDescriptor(
                sink.table().name(),
                "test",
                sink.schema(),
                Map.of(),
                sink.table().primaryKey(),
                List.of(),
                OptionValues.EMPTY,
                null,
                BadDataPolicy.FAIL);
        SinkNode named = new SinkNode(sink.input(), renamed(table, name));
        rows.put(named, CollectedRows.open(name));
        names.add(name);
        return named;
    }

    private static TableDescriptor renamed(TableDescriptor table, String name) {
        Map<String, Object> options = new TreeMap<>(table.options().asMap());
        options.put(TestConnector.RUN.name(), name);
        return new TableDescriptor(
                table.name(),
                table.connector(),
                table.schema(),
                table.metadata(),
                table.primaryKey(),
                table.partitionedBy(),
                new OptionValues(options),
                table.format(),
                table.badData());
    }

    Outcome play(List<ScriptEvent> events) {
        return play(events, -1);
    }

    /**
     * Plays a script during which the job fails and goes on from a checkpoint.
     *
     * @param failing index of the rows that are on their way when it does
     */
    Outcome play(List<ScriptEvent> events, int failing) {
        try {
            for (int i = 0; i < events.size(); i++) {
                if (i == failing) {
                    settle();
                }
                play(events.get(i), i);
                if (i == failing) {
                    logs.values().forEach(ScriptLog::fail);
                }
            }
            finish();
            return new Outcome(changes(), Map.of(), Optional.empty());
        } catch (LaminarException e) {
            return new Outcome(changes(), Map.of(), Optional.of(e));
        }
    }

    /** Plays the beginning of a script, and saves the state in which the job is then. */
    Outcome playAndSave(List<ScriptEvent> events, String folder) {
        for (int i = 0; i < events.size(); i++) {
            play(events.get(i), i);
        }
        settle();
        try {
            job.savepoint(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Outcome(changes(), Map.of(), Optional.empty());
    }

    /** Plays the rest of a script, which has been fed up to an index. */
    Outcome playOn(List<ScriptEvent> events, int from) {
        for (int i = from; i < events.size(); i++) {
            play(events.get(i), i);
        }
        finish();
        return new Outcome(changes(), Map.of(), Optional.empty());
    }

    private void play(ScriptEvent event, int index) {
        feed(event, index);
        if (!(event instanceof ScriptEvent.Rows)) {
            settle();
        }
    }

    private void feed(List<ScriptEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            feed(events.get(i), i);
        }
    }

    private void feed(ScriptEvent event, int index) {
        if (event instanceof ScriptEvent.Rows fed) {
            logs.forEach((source, log) -> {
                if (source.table().name().equalsIgnoreCase(fed.table())) {
                    feed(source, log, fed, index);
                }
            });
        } else if (event instanceof ScriptEvent.Watermark mark) {
            logs.forEach((source, log) -> {
                if (source.table().name().equalsIgnoreCase(mark.table())) {
                    log.appendToAll(new ScriptLog.Entry.Watermark(mark.time()));
                }
            });
        } else if (event instanceof ScriptEvent.Clock) {
            throw new IllegalArgumentException("Flink's clock cannot be moved");
        }
    }

    private void feed(SourceNode source, ScriptLog log, ScriptEvent.Rows fed, int index) {
        Batch batch = fed.batch(source.schema(), 0);
        if (source.changelog() != ChangelogMode.APPEND || TestConnector.isOrdered(source.table())) {
            log.append(0, new ScriptLog.Entry.Rows(batch));
            return;
        }
        // Rows are dealt out one by one, so that every subtask gets some.
        for (int row = 0; row < batch.size(); row++) {
            log.append((index + row) % parallelism, new ScriptLog.Entry.Rows(batch.slice(row, 1)));
        }
    }

    private void finish() {
        boolean endless = false;
        for (Map.Entry<SourceNode, ScriptLog> source : logs.entrySet()) {
            if (source.getKey().bounded()) {
                source.getValue().appendToAll(new ScriptLog.Entry.End());
            } else {
                endless = true;
            }
        }
        if (endless) {
            settle();
        } else {
            join(end);
        }
    }

    /** Waits until everything fed so far has gone through the job and is committed. */
    private void settle() {
        logs.values().forEach(log -> join(unlessOver(log.caughtUp())));
        checkpoint();
        rows.values().forEach(sink -> join(unlessOver(sink.settled())));
    }

    private void checkpoint() {
        for (int i = 0; i < MOST_TRIES; i++) {
            if (end.isDone()) {
                join(end);
                return;
            }
            try {
                job.checkpoint();
                if (job.isDone()) {
                    join(end);
                }
                return;
            } catch (LaminarException e) {
                // Some task is not running yet. Asking is a round trip to the coordinator, so this does not spin.
                if (e.code() != ErrorCode.CHECKPOINT_FAILED) {
                    throw e;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("no checkpoint could be taken");
    }

    private CompletableFuture<Object> unlessOver(CompletableFuture<Void> awaited) {
        return CompletableFuture.anyOf(awaited, end);
    }

    private static void join(CompletableFuture<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof LaminarException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Map<String, List<TextRow>> changes() {
        Map<String, List<TextRow>> changes = new TreeMap<>();
        rows.forEach((sink, collected) -> changes.put(
                sink.table().name(),
                collected.committed().stream()
                        .flatMap(batch -> TextRow.of(batch, sink.schema()).stream())
                        .toList()));
        return changes;
    }

    @Override
    public void close() {
        try {
            if (!end.isDone()) {
                job.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            names.forEach(ScriptLog::close);
            names.forEach(CollectedRows::close);
        }
    }
}
