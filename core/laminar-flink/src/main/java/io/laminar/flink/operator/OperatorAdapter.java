package io.laminar.flink.operator;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.operator.WakeTimes;
import io.laminar.execution.snapshot.StateSources;
import io.laminar.flink.metrics.NodeCounters;
import io.laminar.flink.metrics.Role;
import io.laminar.flink.state.SectionBackend;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.function.EvaluationContext;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Runs any {@link Operator} as a Flink operator. Holds no rows itself. Time in Flink's watermarks is in microseconds.
 * The state of keyed operators is stored by a {@link SectionBackend}. Flink asks for a class per number of inputs; of two
 * inputs it hands on the lesser watermark, and leaves idle ones out.
 */
abstract sealed class OperatorAdapter extends AbstractStreamOperator<Batch> implements OperatorContext {
    private static final long MICROS_PER_MILLI = 1000;
    /** Batches after which the size of the state is published anew. */
    private static final int SIZE_EVERY = 32;

    private final transient Operator operator;
    private final boolean keyed;
    private final transient Evaluation evaluation;
    private final transient NodeCounters counters;
    private final transient Output out = this::emit;
    private transient StreamRecord<Batch> record = new StreamRecord<>(null);
    private final transient WakeTimes wakes = new WakeTimes();
    private transient int batches;
    private transient long inputWatermark = Long.MIN_VALUE;
    private transient long outputWatermark = Long.MIN_VALUE;
    private transient @Nullable ScheduledFuture<?> wake;
    private final transient MailboxExecutor mailbox;
    private transient @Nullable KeyedState state;

    OperatorAdapter(StreamOperatorParameters<Batch> parameters, Operator operator, boolean keyed, long seed) {
        super(parameters);
        this.operator = operator;
        this.keyed = keyed;
        this.evaluation = new Evaluation(new SplittableRandom(seed + subtask()), now());
        this.counters = new NodeCounters(getMetricGroup(), Role.OPERATOR);
        this.mailbox = parameters.getMailboxExecutor();
    }

    /** An operator with one input. */
    static final class OfOne extends OperatorAdapter implements OneInputStreamOperator<Batch, Batch> {
        OfOne(StreamOperatorParameters<Batch> parameters, Operator operator, boolean keyed, long seed) {
            super(parameters, operator, keyed, seed);
        }

        @Override
        public void processElement(StreamRecord<Batch> element) {
            process(0, element.getValue());
        }
    }

    /** An operator with two inputs. */
    static final class OfTwo extends OperatorAdapter implements TwoInputStreamOperator<Batch, Batch, Batch> {
        OfTwo(StreamOperatorParameters<Batch> parameters, Operator operator, boolean keyed, long seed) {
            super(parameters, operator, keyed, seed);
        }

        @Override
        public void processElement1(StreamRecord<Batch> element) {
            process(0, element.getValue());
        }

        @Override
        public void processElement2(StreamRecord<Batch> element) {
            process(1, element.getValue());
        }
    }

    /** Rows of many keys come in one batch, so there is no current key. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement2(StreamRecord element) {}

    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public boolean hasKeyContext2() {
        return false;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        counters.share(getRuntimeContext());
        operator.open(this);
        if (keyed) {
            KeyedStateBackend<?> backend = getKeyedStateBackend();
            if (!(backend instanceof SectionBackend<?> sections)) {
                throw new IllegalStateException("a job of Laminar runs with its own state backend");
            }
            KeyedState keyedState = new KeyedState(
                    StateSources.of(operator, this),
                    sections,
                    context.getOperatorStateStore(),
                    mailbox,
                    getRuntimeContext().getJobInfo().getJobId());
            state = keyedState;
            if (context.isRestored()) {
                keyedState.restore();
            }
        }
    }

    /** Hands the rows of an input to the operator. */
    final void process(int input, Batch batch) {
        if (batch.lane() != Batch.Lane.MAIN) {
            return;
        }
        counters.in(batch);
        evaluation.now = now();
        guarded(() -> operator.process(input, batch, out));
        passWatermark();
        if (++batches % SIZE_EVERY == 0) {
            publishSize();
        }
    }

    private void publishSize() {
        counters.state(operator.stateBytes(), operator.spilledBytes());
    }

    @Override
    public void processWatermark(Watermark mark) {
        guarded(() -> {
            operator.watermark(mark.getTimestamp(), out);
            operator.flush(out);
        });
        inputWatermark = Math.max(inputWatermark, mark.getTimestamp());
        passWatermark();
    }

    /** Passes on what has come of watermarks, as far as the operator does not hold rows that came before. */
    private void passWatermark() {
        long time = operator.outputWatermark(inputWatermark);
        if (time > outputWatermark) {
            outputWatermark = time;
            counters.watermark(time);
            output.emitWatermark(new Watermark(time));
        }
    }

    /** Rows that are held would come late for those who do not wait for an idle input. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        settleIfIdle(status);
        super.processWatermarkStatus(status);
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
        settleIfIdle(status);
        super.processWatermarkStatus(status, input);
    }

    private void settleIfIdle(WatermarkStatus status) {
        if (status.isIdle()) {
            guarded(() -> operator.settle(out));
            complete();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        complete();
    }

    private void complete() {
        guarded(() -> {
            operator.complete(out);
            operator.flush(out);
        });
        passWatermark();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        publishSize();
        if (state != null) {
            state.beforeSnapshot(subtask() == 0);
        } else {
            operator.snapshot((keyGroup, section) -> {
                throw new IllegalStateException("an operator without keys has no place for state");
            });
        }
    }

    @Override
    public void finish() throws Exception {
        publishSize();
        guarded(() -> operator.finish(out));
        passWatermark();
        if (state != null) {
            state.copyAtOnce();
        }
        super.finish();
    }

    @Override
    public void close() throws Exception {
        operator.close();
        StateLimits.leave(getRuntimeContext().getJobInfo().getJobId());
        super.close();
    }

    /** Calls the operator so that its errors are known even if Flink hears of a consequence first. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            JobErrors.report(getRuntimeContext().getJobInfo().getJobId(), e);
            throw JobErrors.withoutRestart(e);
        }
    }

    private void emit(Batch batch) {
        if (batch.size() > 0) {
            if (batch.lane() == Batch.Lane.MAIN) {
                counters.out(batch);
            }
            output.collect(record.replace(batch));
        }
    }

    @Override
    public int subtask() {
        return task().getIndexOfThisSubtask();
    }

    @Override
    public int parallelism() {
        return task().getNumberOfParallelSubtasks();
    }

    @Override
    public int maxParallelism() {
        return task().getMaxNumberOfParallelSubtasks();
    }

    @Override
    public KeyGroupRange keyGroups() {
        if (!keyed) {
            return new KeyGroupRange(0, maxParallelism() - 1);
        }
        var range = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                maxParallelism(), parallelism(), subtask());
        return new KeyGroupRange(range.getStartKeyGroup(), range.getEndKeyGroup());
    }

    private TaskInfo task() {
        return getRuntimeContext().getTaskInfo();
    }

    @Override
    public EvaluationContext evaluation() {
        return evaluation;
    }

    @Override
    public long now() {
        return processingTimeService.getCurrentProcessingTime() * MICROS_PER_MILLI;
    }

    @Override
    public void wakeAt(long time) {
        if (wakes.add(time)) {
            setTimer(time);
        }
    }

    private void setTimer(long time) {
        if (wake != null) {
            wake.cancel(false);
        }
        wake = processingTimeService.registerTimer(-Math.floorDiv(-time, MICROS_PER_MILLI), this::onWake);
    }

    private void onWake(long millis) {
        long now = Math.max(now(), millis * MICROS_PER_MILLI);
        if (wakes.take(now)) {
            tick(now);
        }
        if (wakes.next() != Long.MAX_VALUE) {
            setTimer(wakes.next());
        }
    }

    private void tick(long now) {
        evaluation.now = now;
        guarded(() -> operator.tick(now, out));
        passWatermark();
    }

    @Override
    public void wake() {
        try {
            mailbox.execute(() -> tick(now()), "wake");
        } catch (RejectedExecutionException e) {
            // The task has ended: nobody waits for the answer.
            return;
        }
    }

    @Override
    public Path temporaryFolder() {
        return getContainingTask()
                .getEnvironment()
                .getIOManager()
                .getSpillingDirectories()[0]
                .toPath();
    }

    @Override
    public void count(String metric, long amount) {
        counters.count(metric, amount);
    }

    /** Sees one time for all rows of a batch. */
    private static final class Evaluation implements EvaluationContext {
        private final SplittableRandom random;
        private long now;

        Evaluation(SplittableRandom random, long now) {
            this.random = random;
            this.now = now;
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
}
