package io.laminar.testing.simulator;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.operator.WakeTimes;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.function.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One subtask of one node, with its operator, its channels and its barrier alignment. */
final class Task implements OperatorContext, Output {

    static final int MAX_PARALLELISM = 128;

    final int nodeId;
    final PlanNode node;
    private final int subtask;
    private final int parallelism;
    private final boolean keyed;
    private final Operator operator;
    private final SimulatedClock clock;
    private final List<Channel> channels = new ArrayList<>();
    private final List<OutputEdge> outputs = new ArrayList<>();
    final TreeMap<String, Long> counters = new TreeMap<>();

    private long watermark = Long.MIN_VALUE;
    private long passed = Long.MIN_VALUE;
    private final WakeTimes wakes = new WakeTimes();
    private boolean finished;
    private boolean emitted;
    private @Nullable BiConsumer<Task, Long> onBarrier;
    private @Nullable TaskState state;

    Task(
            int nodeId,
            PlanNode node,
            int subtask,
            int parallelism,
            boolean keyed,
            Operator operator,
            SimulatedClock clock) {
        this.nodeId = nodeId;
        this.node = node;
        this.subtask = subtask;
        this.parallelism = parallelism;
        this.keyed = keyed;
        this.operator = operator;
        this.clock = clock;
    }

    void addChannel(Channel channel) {
        channels.add(channel);
    }

    void addOutput(OutputEdge edge) {
        outputs.add(edge);
    }

    /** @param barrier learns that the task took its part of a checkpoint, before the barrier goes on */
    void open(BiConsumer<Task, Long> barrier) {
        onBarrier = barrier;
        operator.open(this);
        state = new TaskState(operator, this);
    }

    TaskState state() {
        return Objects.requireNonNull(state, "not open");
    }

    /** Restores from the states of all subtasks the node had. Without keys, whole states are dealt out. */
    void restore(List<SubtaskState> states) {
        List<SubtaskState> mine = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            if ((keyed || i % parallelism == subtask) && !states.get(i).isEmpty()) {
                mine.add(states.get(i));
            }
        }
        if (!mine.isEmpty() || states.stream().anyMatch(state -> !state.isEmpty())) {
            state().restore(SubtaskState.restored(mine, states, keyGroups()));
        }
    }

    boolean isFinished() {
        return finished;
    }

    /** Makes a task that had finished at the checkpoint end at once, without saying anything again. */
    void endAtOnce() {
        finished = true;
        send(new Element.Watermark(Long.MAX_VALUE));
        send(new Element.End());
    }

    boolean isRunnable() {
        return !finished
                && channels.stream().anyMatch(Channel::isReadable)
                && outputs.stream().allMatch(OutputEdge::hasRoom);
    }

    /** Takes one element from one of the readable channels. */
    void step(Random random) {
        List<Channel> readable = channels.stream().filter(Channel::isReadable).toList();
        Channel channel = readable.get(random.nextInt(readable.size()));
        Element element = channel.take();
        if (element instanceof Element.Rows rows) {
            operator.process(channel.input, rows.batch(), this);
            passWatermark();
        } else if (element instanceof Element.Watermark mark) {
            channel.watermark = Math.max(channel.watermark, mark.time());
            advanceWatermark();
        } else if (element instanceof Element.Barrier barrier) {
            channel.blocked = true;
            align(barrier.checkpoint());
        } else {
            channel.ended = true;
            channel.watermark = Long.MAX_VALUE;
            finishIfEnded();
        }
    }

    private void advanceWatermark() {
        long min = channels.stream().mapToLong(c -> c.watermark).min().orElse(Long.MIN_VALUE);
        if (min > watermark) {
            watermark = min;
            operator.watermark(min, this);
            operator.flush(this);
            passWatermark();
        }
    }

    private void passWatermark() {
        long time = operator.outputWatermark(watermark);
        if (time > passed) {
            passed = time;
            emitted = true;
            send(new Element.Watermark(time));
        }
    }

    private void complete() {
        operator.complete(this);
        operator.flush(this);
        passWatermark();
    }

    private void align(long checkpoint) {
        if (!channels.stream().allMatch(c -> c.blocked || c.ended)) {
            return;
        }
        complete();
        BiConsumer<Task, Long> listener = onBarrier;
        if (listener != null) {
            listener.accept(this, checkpoint);
        }
        send(new Element.Barrier(checkpoint));
        channels.forEach(c -> c.blocked = false);
    }

    private void finishIfEnded() {
        advanceWatermark();
        if (channels.stream().allMatch(c -> c.ended)) {
            operator.finish(this);
            operator.flush(this);
            passWatermark();
            state().copyAll();
            finished = true;
            send(new Element.End());
        }
    }

    /** Emits what is held back: to fill a batch, as a real job does after a few milliseconds, or for answers. */
    boolean flush() {
        emitted = false;
        if (!finished) {
            complete();
        }
        return emitted;
    }

    void tick() {
        if (!finished && wakes.take(clock.now())) {
            operator.tick(clock.now(), this);
            passWatermark();
        }
    }

    long stateBytes() {
        return operator.stateBytes();
    }

    void close() {
        operator.close();
    }

    @Override
    public void emit(Batch batch) {
        emitted |= batch.size() > 0;
        outputs.forEach(o -> o.emit(batch));
    }

    private void send(Element element) {
        outputs.forEach(o -> o.broadcast(element));
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
        return keyed
                ? KeyGroupRange.of(subtask, parallelism, MAX_PARALLELISM)
                : new KeyGroupRange(0, MAX_PARALLELISM - 1);
    }

    @Override
    public EvaluationContext evaluation() {
        return clock;
    }

    @Override
    public long now() {
        return clock.now();
    }

    @Override
    public void wakeAt(long time) {
        boolean unused = wakes.add(time);
    }

    /** Nothing: answers are taken when another step is, and waited for when nothing else moves. */
    @Override
    public void wake() {}

    @Override
    public void count(String metric, long amount) {
        counters.merge(metric, amount, Long::sum);
    }
}
