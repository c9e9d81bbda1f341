package io.laminar.testing.simulator;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to run a plan: from its start or from a snapshot, until it is dropped. Tasks take turns on the caller's
 * thread in an order drawn from a seed, so every interleaving can be repeated. A kill is to forget the object: what its
 * sinks had not committed is gone with it.
 */
public final class SimulatedJob implements AutoCloseable {

    /**
     * @param parallelism subtasks of every node that can have several
     * @param seed of the order of steps
     * @param now processing time at the start, microseconds
     */
    public record Options(int parallelism, long seed, long now) {}

    private final Topology topology;
    private final Options options;
    private final OperatorFactory operators;
    private final Random random;
    private final SimulatedClock clock;
    private final Map<PlanNode, List<Task>> tasks = new LinkedHashMap<>();
    private final List<Task> all = new ArrayList<>();
    private final Map<PlanNode, List<Channel>> sourceChannels = new HashMap<>();
    private final Map<SinkNode, SinkLog> sinks = new LinkedHashMap<>();

    private final Checkpoints checkpoints;

    public SimulatedJob(StreamPlan plan, Options options, OperatorFactory operators, @Nullable Snapshot restored) {
        this.topology = new Topology(plan);
        this.options = options;
        this.operators = operators;
        this.random = new Random(options.seed());
        this.clock = new SimulatedClock(options.seed(), options.now());
        this.checkpoints = new Checkpoints(all, options.seed(), restored);
        for (PlanNode node : topology.nodes()) {
            addTasks(node);
        }
        for (PlanNode node : topology.nodes()) {
            connect(node);
        }
        start(restored);
    }

    private void addTasks(PlanNode node) {
        int parallelism = topology.parallelism(node, options.parallelism());
        boolean keyed = topology.keyed(node);
        if (node instanceof SinkNode sink) {
            sinks.put(sink, new SinkLog(parallelism));
        }
        List<Task> subtasks = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            Operator operator = operator(node);
            subtasks.add(new Task(topology.id(node), node, subtask, parallelism, keyed, operator, clock));
        }
        tasks.put(node, subtasks);
        all.addAll(subtasks);
    }

    private Operator operator(PlanNode node) {
        if (node instanceof SinkNode sink) {
            return new SinkOperator(log(sink));
        } else if (node instanceof ValuesNode || node instanceof UnionNode) {
            return new PassThrough();
        } else if (node instanceof SourceNode source) {
            return operators.create(eventTime(source));
        }
        return operators.create(node);
    }

    /** What gives the rows of a source their event time. */
    private static FilterProjectNode eventTime(SourceNode source) {
        Schema schema = source.schema();
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            columns.add(new Expression.Input(i, field.type(), field.nullable()));
        }
        InputStub input = new InputStub(schema, source.changelog());
        return new FilterProjectNode(input, null, columns, source.watermark().rowtime(), schema);
    }

    private void connect(PlanNode reader) {
        List<Topology.Inlet> inlets = topology.inlets(reader);
        List<Task> readers = of(reader);
        if (inlets.isEmpty()) {
            List<Channel> channels = new ArrayList<>();
            for (Task task : readers) {
                Channel channel = new Channel(0);
                task.addChannel(channel);
                channels.add(channel);
            }
            sourceChannels.put(reader, channels);
        }
        for (int input = 0; input < inlets.size(); input++) {
            Topology.Inlet inlet = inlets.get(input);
            List<Task> producers = of(inlet.producer());
            boolean forward = inlet.distribution() == null && producers.size() == readers.size();
            // As on Flink: what one subtask gives stays in order, so a change never overtakes what it takes back.
            boolean first = inlet.distribution() == null && producers.size() == 1;
            Distribution distribution =
                    inlet.distribution() == null ? new Distribution.Balanced() : inlet.distribution();
            for (int p = 0; p < producers.size(); p++) {
                List<Channel> targets = new ArrayList<>();
                for (Task task : forward ? readers.subList(p, p + 1) : readers) {
                    Channel channel = new Channel(input);
                    task.addChannel(channel);
                    targets.add(channel);
                }
                BatchPartitioner partitioner = forward || first
                        ? null
                        : new BatchPartitioner(distribution, targets.size(), Task.MAX_PARALLELISM, p);
                producers.get(p).addOutput(new OutputEdge(inlet.lane(), targets, partitioner));
            }
        }
    }

    private void start(@Nullable Snapshot restored) {
        for (Task task : all) {
            task.open(this::taskReached);
        }
        for (PlanNode node : topology.nodes()) {
            List<SubtaskState> states =
                    restored == null ? List.of() : restored.states().get(topology.id(node));
            for (Task task : of(node)) {
                if (states == null) {
                    task.endAtOnce();
                } else {
                    task.restore(states);
                }
            }
            if (node instanceof ValuesNode values && states != null) {
                feedValues(values);
            }
        }
        // Rows of the query text are there before anything else, so they have ended before the first checkpoint.
        if (tasks.keySet().stream().anyMatch(ValuesNode.class::isInstance)) {
            run();
        }
    }

    private void feedValues(ValuesNode node) {
        Channel channel = channels(node).get(0);
        BatchBuilder rows =
                new BatchBuilder(node.schema(), Math.max(1, node.rows().size()));
        for (List<Expression.Literal> row : node.rows()) {
            for (int c = 0; c < row.size(); c++) {
                Values.append(node.schema().type(c), rows.column(c), row.get(c).value());
            }
            rows.endRow(0);
        }
        if (!node.rows().isEmpty()) {
            channel.put(new Element.Rows(rows.build()));
        }
        channel.put(new Element.Watermark(Long.MAX_VALUE));
        channel.put(new Element.End());
    }

    /** The sources that wait to be fed. */
    public List<SourceNode> sources() {
        return tasks.keySet().stream()
                .filter(SourceNode.class::isInstance)
                .map(SourceNode.class::cast)
                .toList();
    }

    public int parallelism() {
        return options.parallelism();
    }

    /** Puts rows, with the columns of the source, before one of its subtasks. */
    public void feed(SourceNode source, int subtask, Batch batch) {
        channels(source).get(subtask).put(new Element.Rows(batch));
    }

    public void watermark(SourceNode source, long time) {
        channels(source).forEach(c -> c.put(new Element.Watermark(time)));
    }

    public void end(SourceNode source) {
        channels(source).forEach(c -> {
            c.put(new Element.Watermark(Long.MAX_VALUE));
            c.put(new Element.End());
        });
    }

    /** Sends a barrier behind everything fed so far. The checkpoint before it is given time to complete. */
    public void checkpoint(long id) {
        checkpoint(id, Checkpoints.Fate.KEPT);
    }

    /** As {@link #checkpoint}; but when all tasks have written their part, the checkpoint is given up. */
    public void checkpointInVain(long id) {
        checkpoint(id, Checkpoints.Fate.ABORTED);
    }

    private void checkpoint(long id, Checkpoints.Fate fate) {
        if (checkpoints.isOpen()) {
            run();
        }
        checkpoints.begin(id, fate);
        sources().forEach(s -> channels(s).forEach(c -> c.put(new Element.Barrier(id))));
    }

    /** The latest checkpoint that is complete, the one the job was restored from included. */
    public Optional<Snapshot> completed() {
        return Optional.ofNullable(checkpoints.completed());
    }

    /** Moves processing time forward; who asked to be woken by then is. */
    public void clock(long time) {
        clock.set(time);
        all.forEach(Task::tick);
    }

    /** Takes some steps, fewer if nothing is left to do. */
    public void run(int steps) {
        int left = steps;
        while (left > 0 && step()) {
            left--;
        }
    }

    /** Runs until nothing moves, rows held back to fill a batch included. */
    public void run() {
        boolean moved = true;
        while (moved) {
            moved = false;
            while (step()) {
                moved = true;
            }
            for (Task task : all) {
                moved |= task.flush();
            }
        }
    }

    private boolean step() {
        checkpoints.deliver();
        List<Runnable> possible = new ArrayList<>(all.size());
        for (Task task : all) {
            if (task.isRunnable()) {
                possible.add(() -> task.step(random));
            }
            if (task.state().isCopying()) {
                possible.add(task.state()::copy);
            }
        }
        if (possible.isEmpty()) {
            return false;
        }
        possible.get(random.nextInt(possible.size())).run();
        advanceCheckpoint();
        return true;
    }

    private void taskReached(Task task, long barrier) {
        if (task.node instanceof SinkNode sink) {
            log(sink).prepare(task.subtask(), barrier);
        }
        checkpoints.reached(task, barrier);
    }

    private void advanceCheckpoint() {
        if (checkpoints.advance()) {
            completed().ifPresent(snapshot -> sinks.values().forEach(log -> log.commit(snapshot.checkpoint())));
            commitFinishedSinks();
        }
    }

    private void commitFinishedSinks() {
        sinks.forEach((sink, log) -> {
            if (of(sink).stream().allMatch(Task::isFinished)) {
                log.commitAll();
            }
        });
    }

    /** Whether every task has come to its end. */
    public boolean isFinished() {
        return all.stream().allMatch(Task::isFinished);
    }

    /** What completed checkpoints of this attempt cover, or everything once the job has finished. */
    public List<Batch> committed(SinkNode sink) {
        if (isFinished()) {
            commitFinishedSinks();
        }
        return List.copyOf(log(sink).committed());
    }

    /** Counters of all tasks by name, for example {@code late_rows}. */
    public Map<String, Long> counters() {
        TreeMap<String, Long> sums = new TreeMap<>();
        all.forEach(t -> t.counters.forEach((name, count) -> sums.merge(name, count, Long::sum)));
        return sums;
    }

    /** Heap that the state of all tasks takes, as their operators have it. */
    public long stateBytes() {
        return all.stream().mapToLong(Task::stateBytes).sum();
    }

    @Override
    public void close() {
        all.forEach(Task::close);
    }

    private List<Task> of(PlanNode node) {
        return required(tasks.get(node), node);
    }

    private List<Channel> channels(PlanNode source) {
        return required(sourceChannels.get(source), source);
    }

    private SinkLog log(SinkNode sink) {
        return required(sinks.get(sink), sink);
    }

    private static <T> T required(@Nullable T found, PlanNode node) {
        if (found == null) {
            throw new IllegalArgumentException("no part of this job: " + node);
        }
        return found;
    }
}
