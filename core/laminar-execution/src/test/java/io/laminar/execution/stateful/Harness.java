package io.laminar.execution.stateful;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.snapshot.Checkpoints;
import io.laminar.execution.spill.SpillSettings;
import io.laminar.execution.spill.SpillingOperator;
import io.laminar.execution.spill.StateMemory;
import io.laminar.plan.node.Distribution;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Runs an operator in some subtasks behind a keyed exchange; can be stopped and restored with any number of them. */
final class Harness {
    /** A row that came out. */
    record Row(byte kind, long rowtime, List<Object> values) {
        @Override
        public String toString() {
            return RowKind.text(kind) + values + "@" + rowtime;
        }
    }

    /** Every harness has other snapshots; in the same order of tests always the same. */
    private static final AtomicLong STARTED = new AtomicLong();

    private Supplier<Operator> factory;
    private Distribution distribution;
    private final Schema outputSchema;
    private final List<Operator> operators = new ArrayList<>();
    private final List<TestContext> contexts = new ArrayList<>();
    private final Checkpoints checkpoints = new Checkpoints(STARTED.incrementAndGet());
    private BatchPartitioner partitioner;
    final List<Row> rows = new ArrayList<>();
    long lateRows;
    /** Late rows that came out in their own lane. */
    private long lateSent;

    private long now;

    Harness(Supplier<Operator> factory, Distribution distribution, Schema outputSchema, int parallelism) {
        this.factory = factory;
        this.distribution = distribution;
        this.outputSchema = outputSchema;
        start(parallelism);
    }

    /**
     * Makes operators that have next to no memory for their state: it is written and read all the time, and rows wait
     * for it, beyond checkpoints if the seed has it so.
     */
    static Supplier<Operator> spilling(Supplier<Operator> factory, List<Integer> keys, long seed) {
        StateMemory memory = new StateMemory(seed % 3 == 0 ? 1 : 20_000, Long.MAX_VALUE);
        SpillSettings settings = new SpillSettings(seed % 2 * 1000, 6000, seed % 5 == 0 ? 100 : 1, "");
        List<List<Integer>> byInput = keys.isEmpty() ? List.of() : List.of(keys);
        return () -> SpillingOperator.of(byInput, factory, memory, settings);
    }

    private void start(int parallelism) {
        operators.clear();
        contexts.clear();
        partitioner = new BatchPartitioner(distribution, parallelism, TestContext.MAX_PARALLELISM, 0);
        for (int i = 0; i < parallelism; i++) {
            Operator operator = factory.get();
            TestContext context = new TestContext(i, parallelism, now);
            operator.open(context);
            operators.add(operator);
            contexts.add(context);
        }
        checkpoints.started(operators, contexts);
    }

    void feed(Batch batch) {
        checkpoints.step();
        partitioner.split(batch, (subtask, part) -> operators.get(subtask).process(0, part, this::collect));
    }

    void watermark(long time) {
        checkpoints.step();
        operators.forEach(operator -> operator.flush(this::collect));
        operators.forEach(operator -> operator.watermark(time, this::collect));
    }

    /** Moves the clock, waking operators that asked for it on the way. */
    void clock(long time) {
        checkpoints.step();
        for (int i = 0; i < operators.size(); i++) {
            TestContext context = contexts.get(i);
            while (!context.wakeUps.isEmpty() && context.wakeUps.first() <= time) {
                long wake = Math.max(context.now, context.wakeUps.pollFirst());
                context.now = wake;
                operators.get(i).tick(wake, this::collect);
            }
            context.now = time;
        }
        now = time;
    }

    void finish() {
        watermark(Long.MAX_VALUE);
        operators.forEach(operator -> operator.finish(this::collect));
        operators.forEach(Operator::close);
        countLate();
        if (lateSent != lateRows) {
            throw new AssertionError(lateRows + " late rows counted and " + lateSent + " sent on");
        }
    }

    private void countLate() {
        contexts.forEach(context -> lateRows += context.counters.getOrDefault("late_rows", 0L));
    }

    /** As {@link #restart}, with operators that run another node over the same state. */
    void restart(int parallelism, Supplier<Operator> replacement, Distribution exchanged) {
        factory = replacement;
        distribution = exchanged;
        restart(parallelism);
    }

    /** Stops all subtasks with a checkpoint and goes on with others. */
    void restart(int parallelism) {
        operators.forEach(operator -> operator.flush(this::collect));
        checkpoints.stop();
        operators.forEach(Operator::close);
        countLate();
        start(parallelism);
        checkpoints.restore();
    }

    private void collect(Batch batch) {
        if (batch.lane() != Batch.Lane.MAIN) {
            lateSent += batch.size();
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            List<Object> values = new ArrayList<>();
            for (int c = 0; c < batch.width(); c++) {
                Column column = batch.column(c);
                if (column.size() != batch.size()) {
                    throw new AssertionError("column " + c + " has " + column.size() + " of " + batch.size() + " rows");
                }
                values.add(normal(Values.read(outputSchema.type(c), column, i)));
            }
            rows.add(new Row(batch.kind(i), batch.rowtime()[i], values));
        }
    }

    /** Numbers that differ only by rounding become equal. */
    static Object normal(Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            if (Math.abs(number) < 1e-9) {
                return 0.0;
            }
            // A factor that takes round numbers away from where rounding tips over.
            return new java.math.BigDecimal(number * 1.0000123456789)
                    .round(new java.math.MathContext(9))
                    .doubleValue();
        }
        return value;
    }

    /** The rows as a multiset, after retractions. */
    Map<String, Integer> folded() {
        Map<String, Integer> multiset = new TreeMap<>();
        for (Row row : rows) {
            String key = String.valueOf(row.values());
            int count = multiset.merge(key, RowKind.isRetraction(row.kind()) ? -1 : 1, Integer::sum);
            if (count < 0) {
                throw new AssertionError("taken back without being there: " + row);
            }
            if (count == 0) {
                multiset.remove(key);
            }
        }
        return multiset;
    }
}
