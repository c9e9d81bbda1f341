package io.laminar.testing.simulator;

import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Running sums by key (columns k, n), row by row: enough of an operator to show what the simulator does. */
final class SumOperator implements Operator {

    private final Schema schema;
    private final TreeMap<Integer, TreeMap<Long, Long>> sums = new TreeMap<>();
    private int maxParallelism;

    SumOperator(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void open(OperatorContext context) {
        maxParallelism = context.maxParallelism();
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        long[] hashes = new long[batch.size()];
        KeyHasher.hash(batch, List.of(0), hashes);
        BatchBuilder changes = new BatchBuilder(schema, batch.size());
        for (int row = 0; row < batch.size(); row++) {
            long key = ((LongColumn) batch.column(0)).value(row);
            TreeMap<Long, Long> group =
                    sums.computeIfAbsent(KeyGroups.keyGroup(hashes[row], maxParallelism), g -> new TreeMap<>());
            Long before = group.get(key);
            long after = (before == null ? 0 : before) + ((LongColumn) batch.column(1)).value(row);
            group.put(key, after);
            if (before != null) {
                append(changes, key, before, RowKind.UPDATE_BEFORE);
            }
            append(changes, key, after, before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER);
        }
        out.emit(changes.build());
    }

    private void append(BatchBuilder out, long key, long sum, byte kind) {
        Values.append(schema.type(0), out.column(0), key);
        Values.append(schema.type(1), out.column(1), sum);
        out.endRow(0, kind);
    }

    @Override
    public void snapshot(StateWriter writer) {
        sums.forEach((group, entries) -> writer.keyGroup(group, out -> {
            out.writeInt(entries.size());
            for (Map.Entry<Long, Long> entry : entries.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeLong(entry.getValue());
            }
        }));
    }

    @Override
    public void restore(StateReader reader) {
        reader.forEachKeyGroup((group, in) -> {
            int count = in.readInt();
            TreeMap<Long, Long> entries = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                entries.put(in.readLong(), in.readLong());
            }
            sums.put(group, entries);
        });
    }
}
