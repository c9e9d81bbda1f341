package io.laminar.execution.sort;

import io.laminar.execution.key.RowSorter;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link SortLimitNode} in its only subtask. With an order the rows are held until the input ends, those beyond
 * the limit being dropped from time to time; without one rows pass as they come, so a limit alone also works on input
 * that does not end.
 */
public final class SortLimitOperator implements Operator {
    /** Rows beyond the limit that are held before the worst are dropped. */
    private static final long SLACK = 1 << 16;

    private final SortLimitNode node;
    private final Schema schema;
    private final long keep;
    private List<Batch> batches = new ArrayList<>();
    private long held;
    private long heldBytes;
    /** Without an order: rows that have come, as far as they matter. */
    private long passed;

    private @Nullable OperatorContext context;

    public SortLimitOperator(SortLimitNode node) {
        this.node = node;
        this.schema = node.schema();
        long end = node.offset() + node.limit();
        this.keep = end < 0 ? Long.MAX_VALUE : end;
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (node.order().isEmpty()) {
            pass(batch, out);
            return;
        }
        hold(batch);
        if (keep < Long.MAX_VALUE / 2 && held > 2 * keep + SLACK) {
            Batch best = sorted();
            clear();
            hold(best.slice(0, (int) Math.min(keep, best.size())));
        }
    }

    private void hold(Batch batch) {
        batches.add(batch);
        held += batch.size();
        heldBytes += HeapSize.of(batch);
    }

    private void clear() {
        batches = new ArrayList<>();
        held = 0;
        heldBytes = 0;
    }

    private void pass(Batch batch, Output out) {
        int from = (int) Math.min(batch.size(), Math.max(0, node.offset() - passed));
        int to = (int) Math.min(batch.size(), Math.max(0, keep - passed));
        passed += batch.size();
        if (from < to) {
            out.emit(batch.slice(from, to - from));
        }
    }

    /** All rows in order; rows of equal order as they came. */
    private Batch sorted() {
        Batch all = concatenated();
        int size = all.size();
        SortKeyRows keys = new SortKeyRows(node.order());
        keys.load(all.columns(), size);
        int[] rows = RowSorter.sort(keys, size);
        return all.gather(rows, size);
    }

    private Batch concatenated() {
        if (batches.size() == 1) {
            return batches.get(0);
        }
        BatchBuilder builder = new BatchBuilder(schema, (int) Math.min(held, 1 << 20));
        for (Batch batch : batches) {
            for (int row = 0; row < batch.size(); row++) {
                for (int c = 0; c < batch.width(); c++) {
                    builder.column(c).appendFrom(batch.column(c), row);
                }
                builder.endRow(batch.rowtime()[row]);
            }
        }
        return builder.build();
    }

    @Override
    public void finish(Output out) {
        if (held == 0) {
            return;
        }
        Batch sorted = sorted();
        int end = (int) Math.min(keep, sorted.size());
        for (int from = (int) Math.min(node.offset(), end); from < end; from += Batch.TARGET_ROWS) {
            out.emit(sorted.slice(from, Math.min(Batch.TARGET_ROWS, end - from)));
        }
        clear();
    }

    @Override
    public void snapshot(StateWriter writer) {
        OperatorContext open = Objects.requireNonNull(context, "not open");
        int keyGroup = KeyGroupIndex.withoutKey(open.keyGroups(), open.maxParallelism());
        writer.keyGroup(keyGroup, out -> {
            out.writeLong(passed);
            out.writeInt(batches.size());
            for (Batch batch : batches) {
                BatchCodec.write(batch, out);
            }
        });
    }

    @Override
    public void restore(StateReader reader) {
        reader.forEachKeyGroup((keyGroup, in) -> {
            passed += in.readLong();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                hold(BatchCodec.read(in));
            }
        });
    }

    @Override
    public long idleUntil() {
        return Long.MAX_VALUE;
    }

    @Override
    public long stateBytes() {
        return heldBytes;
    }
}
