package io.laminar.flink.testing;

import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Operators written plainly, so that tests of the runtime depend on nothing else. */
public final class TestOperators {
    public static final Schema COUNTS = Schema.of(
            new Field("key", Scalar.BIGINT, false),
            new Field("count", Scalar.BIGINT, false),
            new Field("sum", Scalar.BIGINT, false));

    /** What the operators say that a key takes. */
    public static final long BYTES_PER_KEY = 100;

    private TestOperators() {}

    public static Operator create(PlanNode node) {
        if (node instanceof AggregateNode aggregate) {
            return new CountAtEnd(aggregate.keys());
        } else if (node instanceof FilterProjectNode) {
            return new KeepEven();
        }
        throw new IllegalArgumentException("no test operator for " + node);
    }

    /** Count and sum of column 1 per value of column 0, at the end of input. */
    private static final class CountAtEnd implements Operator {
        private final List<Integer> keys;
        private final Map<Long, long[]> counts = new TreeMap<>();
        private OperatorContext context;

        CountAtEnd(List<Integer> keys) {
            this.keys = keys;
        }

        @Override
        public void open(OperatorContext given) {
            context = given;
        }

        @Override
        public void process(int input, Batch batch, Output out) {
            LongColumn keyColumn = (LongColumn) batch.column(0);
            LongColumn values = (LongColumn) batch.column(1);
            for (int row = 0; row < batch.size(); row++) {
                int group = KeyGroups.keyGroup(KeyHasher.hashRow(batch, keys, row), context.maxParallelism());
                if (!context.keyGroups().contains(group)) {
                    throw new IllegalStateException("key group " + group + " came to subtask " + context.subtask());
                }
                long[] sums = counts.computeIfAbsent(keyColumn.value(row), k -> new long[3]);
                sums[0]++;
                sums[1] += values.value(row);
                sums[2] = group;
            }
        }

        @Override
        public long stateBytes() {
            return BYTES_PER_KEY * counts.size();
        }

        @Override
        public void snapshot(StateWriter writer) {
            for (int group = context.keyGroups().first();
                    group <= context.keyGroups().last();
                    group++) {
                int wanted = group;
                List<Map.Entry<Long, long[]>> entries = counts.entrySet().stream()
                        .filter(e -> e.getValue()[2] == wanted)
                        .toList();
                if (!entries.isEmpty()) {
                    writer.keyGroup(group, out -> {
                        out.writeInt(entries.size());
                        for (Map.Entry<Long, long[]> entry : entries) {
                            out.writeLong(entry.getKey());
                            out.writeLong(entry.getValue()[0]);
                            out.writeLong(entry.getValue()[1]);
                        }
                    });
                }
            }
        }

        @Override
        public void restore(StateReader reader) {
            reader.forEachKeyGroup((group, in) -> {
                for (int n = in.readInt(); n > 0; n--) {
                    counts.put(in.readLong(), new long[] {in.readLong(), in.readLong(), group});
                }
            });
        }

        @Override
        public void finish(Output out) {
            BatchBuilder rows = new BatchBuilder(COUNTS, counts.size());
            counts.forEach((key, sums) -> {
                ((LongBuilder) rows.column(0)).append(key);
                ((LongBuilder) rows.column(1)).append(sums[0]);
                ((LongBuilder) rows.column(2)).append(sums[1]);
                rows.endRow(0);
            });
            out.emit(rows.build());
        }
    }

    /** Rows whose value (column 1) is even; 13 is an error of the user's data, if the table says so. */
    private static final class KeepEven implements Operator {
        private OperatorContext context;

        @Override
        public void open(OperatorContext given) {
            context = given;
        }

        @Override
        public void process(int input, Batch batch, Output out) {
            LongColumn values = (LongColumn) batch.column(1);
            int[] selection = new int[batch.size()];
            int count = 0;
            for (int row = 0; row < batch.size(); row++) {
                if (values.value(row) == 1013) {
                    throw new LaminarException(ErrorCode.DIVISION_BY_ZERO, "1013 divided by zero");
                }
                if (values.value(row) % 2 == 0) {
                    selection[count++] = row;
                } else {
                    context.count("odd_rows", 1);
                }
            }
            out.emit(batch.gather(selection, count));
        }
    }
}
