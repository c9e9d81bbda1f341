package io.laminar.execution.join;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.snapshot.Checkpoints;
import io.laminar.plan.node.Distribution;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Runs an operator with two inputs in some subtasks behind exchanges; can be stopped and restored with others. */
final class JoinHarness {
    private static final int MAX_PARALLELISM = 16;

    private static final AtomicLong STARTED = new AtomicLong();

    private final Checkpoints checkpoints = new Checkpoints(STARTED.incrementAndGet());
    private final Supplier<Operator> factory;
    private final List<Distribution> distributions;
    private final Schema output;
    private final List<Operator> operators = new ArrayList<>();
    private final List<Context> contexts = new ArrayList<>();
    private final List<BatchPartitioner> partitioners = new ArrayList<>();
    final Map<String, Long> counters = new HashMap<>();
    /** What has come out, folded. */
    final Map<String, Integer> result = new TreeMap<>();
    /** Kind, values and event time of every row that came out. */
    final List<String> changes = new ArrayList<>();

    private long now;

    JoinHarness(Supplier<Operator> factory, List<Distribution> distributions, Schema output, int parallelism) {
        this.factory = factory;
        this.distributions = distributions;
        this.output = output;
        start(parallelism);
    }

    private void start(int wanted) {
        boolean single = distributions.stream().anyMatch(Distribution.Single.class::isInstance);
        int parallelism = single ? 1 : wanted;
        operators.clear();
        contexts.clear();
        partitioners.clear();
        distributions.forEach(d -> partitioners.add(new BatchPartitioner(d, parallelism, MAX_PARALLELISM, 0)));
        for (int i = 0; i < parallelism; i++) {
            Context context = new Context(i, parallelism);
            Operator operator = factory.get();
            operator.open(context);
            contexts.add(context);
            operators.add(operator);
        }
        checkpoints.started(operators, contexts);
    }

    void feed(int input, Batch batch) {
        checkpoints.step();
        partitioners
                .get(input)
                .split(batch, (subtask, part) -> operators.get(subtask).process(input, part, this::collect));
    }

    void watermark(long time) {
        checkpoints.step();
        operators.forEach(operator -> operator.watermark(time, this::collect));
    }

    void clock(long time) {
        checkpoints.step();
        for (int i = 0; i < operators.size(); i++) {
            Context context = contexts.get(i);
            now = Math.max(now, 0);
            while (!context.wakeUps.isEmpty() && context.wakeUps.first() <= time) {
                now = Math.max(now, context.wakeUps.pollFirst());
                operators.get(i).tick(now, this::collect);
            }
        }
        now = time;
    }

    void finish() {
        watermark(Long.MAX_VALUE);
        operators.forEach(operator -> operator.finish(this::collect));
    }

    /** Stops all subtasks with a checkpoint and goes on with others. */
    void restart(int parallelism) {
        operators.forEach(operator -> operator.flush(this::collect));
        checkpoints.stop();
        operators.forEach(Operator::close);
        start(parallelism);
        checkpoints.restore();
    }

    private void collect(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            List<Object> values = new ArrayList<>();
            for (int c = 0; c < batch.width(); c++) {
                if (batch.column(c).size() != batch.size()) {
                    throw new AssertionError(
                            "column " + c + " has " + batch.column(c).size() + " rows");
                }
                values.add(Values.read(output.type(c), batch.column(c), i));
            }
            String row = values.toString();
            boolean retraction = RowKind.isRetraction(batch.kind(i));
            int count = result.merge(row, retraction ? -1 : 1, Integer::sum);
            if (count < 0) {
                throw new AssertionError("taken back without being there: " + row);
            }
            if (count == 0) {
                result.remove(row);
            }
            changes.add(RowKind.text(batch.kind(i)) + row + "@" + batch.rowtime()[i]);
        }
    }

    private final class Context implements OperatorContext, EvaluationContext {
        private final int subtask;
        private final int parallelism;
        private final TreeSet<Long> wakeUps = new TreeSet<>();

        Context(int subtask, int parallelism) {
            this.subtask = subtask;
            this.parallelism = parallelism;
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
            return KeyGroupRange.of(subtask, parallelism, MAX_PARALLELISM);
        }

        @Override
        public EvaluationContext evaluation() {
            return this;
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public double random() {
            return 0.5;
        }

        @Override
        public long randomLong() {
            return 4;
        }

        @Override
        public void wakeAt(long time) {
            wakeUps.add(time);
        }

        @Override
        public void wake() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void count(String metric, long amount) {
            counters.merge(metric, amount, Long::sum);
        }
    }
}
