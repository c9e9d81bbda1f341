package io.laminar.execution.join;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.snapshot.Checkpoints;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Values;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Runs a join in some subtasks behind keyed exchanges; can be stopped and restored with any number of them. */
final class TimedJoinHarness {
    private static final int MAX_PARALLELISM = 16;

    private static final AtomicLong STARTED = new AtomicLong();

    private final Checkpoints checkpoints = new Checkpoints(STARTED.incrementAndGet());
    private final Supplier<Operator> factory;
    private final JoinParts parts;
    private final Schema output;
    private final List<Operator> operators = new ArrayList<>();
    private final Map<String, Long> counters = new HashMap<>();
    private List<BatchPartitioner> partitioners = List.of();
    /** Rows that came out, as text, with their event time. */
    final List<String> rows = new ArrayList<>();

    TimedJoinHarness(Supplier<Operator> factory, JoinParts parts, int parallelism) {
        this.factory = factory;
        this.parts = parts;
        this.output = parts.schema();
        start(parallelism);
    }

    private int possible(int parallelism) {
        return parts.keys().isEmpty() ? 1 : parallelism;
    }

    private void start(int wanted) {
        int parallelism = possible(wanted);
        operators.clear();
        partitioners = parts.distributions().stream()
                .map(d -> d instanceof Distribution.Single ? new Distribution.Keyed(List.of()) : d)
                .map(d -> new BatchPartitioner(d, parallelism, MAX_PARALLELISM, 0))
                .toList();
        List<OperatorContext> contexts = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            Operator operator = factory.get();
            contexts.add(new Context(i, parallelism, counters));
            operator.open(contexts.get(i));
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

    void finish() {
        operators.forEach(operator -> operator.finish(this::collect));
    }

    long late() {
        return counters.getOrDefault("late_rows", 0L);
    }

    /** Stops all subtasks with a checkpoint and goes on with others. */
    void restart(int parallelism) {
        checkpoints.stop();
        operators.forEach(Operator::close);
        start(parallelism);
        checkpoints.restore();
    }

    private void collect(Batch batch) {
        if (batch.lane() != Batch.Lane.MAIN) {
            return;
        }
        if (batch.size() == 0 || batch.size() > Batch.TARGET_ROWS || batch.width() != output.size()) {
            throw new AssertionError(batch.size() + " rows of " + batch.width() + " columns");
        }
        for (int row = 0; row < batch.size(); row++) {
            List<Object> values = new ArrayList<>();
            for (int c = 0; c < batch.width(); c++) {
                values.add(Values.read(output.type(c), batch.column(c), row));
            }
            rows.add(values + "@" + batch.rowtime()[row]);
        }
    }

    /** The surroundings of an operator that runs alone. */
    static OperatorContext context() {
        return new Context(0, 1, new HashMap<>());
    }

    private record Context(int subtask, int parallelism, Map<String, Long> counters) implements OperatorContext {

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
            return new EvaluationContext() {
                @Override
                public long now() {
                    return 0;
                }

                @Override
                public double random() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public long randomLong() {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public long now() {
            return 0;
        }

        @Override
        public void wakeAt(long time) {
            throw new UnsupportedOperationException();
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
