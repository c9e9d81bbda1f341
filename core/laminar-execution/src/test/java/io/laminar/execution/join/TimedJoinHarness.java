package io.laminar.execution.join;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Values;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs a join in some subtasks behind keyed exchanges; can be stopped and restored with any number of them. */
final class TimedJoinHarness {
    private static final int MAX_PARALLELISM = 16;

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
        for (int i = 0; i < parallelism; i++) {
            Operator operator = factory.get();
            operator.open(new Context(i, parallelism, counters));
            operators.add(operator);
        }
    }

    void feed(int input, Batch batch) {
        partitioners
                .get(input)
                .split(batch, (subtask, part) -> operators.get(subtask).process(input, part, this::collect));
    }

    void watermark(long time) {
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
        Map<Integer, byte[]> state = new TreeMap<>();
        operators.forEach(operator -> operator.snapshot(new Writer(state)));
        operators.forEach(Operator::close);
        start(parallelism);
        int count = operators.size();
        for (int i = 0; i < count; i++) {
            KeyGroupRange range = KeyGroupRange.of(i, count, MAX_PARALLELISM);
            operators.get(i).restore(new Reader(state, range));
        }
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

    private record Writer(Map<Integer, byte[]> state) implements io.laminar.execution.state.StateWriter {
        @Override
        public void keyGroup(int keyGroup, Section section) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                section.write(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (state.put(keyGroup, bytes.toByteArray()) != null) {
                throw new AssertionError("key group written twice: " + keyGroup);
            }
        }
    }

    private record Reader(Map<Integer, byte[]> state, KeyGroupRange range)
            implements io.laminar.execution.state.StateReader {
        @Override
        public void forEachKeyGroup(Section section) {
            state.forEach((keyGroup, bytes) -> {
                if (!range.contains(keyGroup)) {
                    return;
                }
                try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                    section.read(keyGroup, in);
                    if (in.available() > 0) {
                        throw new AssertionError("state not read to its end");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
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
        public void count(String metric, long amount) {
            counters.merge(metric, amount, Long::sum);
        }
    }
}
