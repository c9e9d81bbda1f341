package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.Phase;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a partial {@link AggregateNode}: folds the rows of its subtask per key before they are exchanged. What it holds
 * leaves before every barrier, so it has no state to save, and soon enough not to add to the flush interval much.
 */
public final class PartialAggregateOperator implements Operator {
    /** Groups above which the fold is sent on. */
    private static final int MAX_GROUPS = 1 << 16;

    /** The longest that rows wait, as a part of the flush interval. */
    private static final int INTERVAL_PARTS = 10;

    private final List<Integer> keyColumns;
    private final KeyRows keys;
    private final Groups groups;
    private final long interval;
    private long latest = Long.MIN_VALUE;
    private boolean flushRequested;
    private @Nullable OperatorContext context;

    public PartialAggregateOperator(AggregateNode node) {
        if (node.input().changelog() != ChangelogMode.APPEND) {
            throw new IllegalArgumentException("changes cannot be folded ahead");
        }
        keyColumns = node.keys();
        List<DataType> types =
                keyColumns.stream().map(node.input().schema()::type).toList();
        keys = new KeyRows(types);
        groups = new Groups(
                KeyTable.of(types),
                () -> new GroupStates(node.calls(), node.input().schema(), Phase.PARTIAL, keyColumns.size(), false));
        interval = node.emit() instanceof Emit.Changes changes ? changes.interval() : Long.MAX_VALUE;
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        for (int i = 0; i < batch.size(); i++) {
            latest = Math.max(latest, batch.rowtime()[i]);
        }
        keys.load(batch, keyColumns);
        groups.apply(batch, keys, Rows.first(batch.size()), batch.size());
        if (groups.keys().size() >= MAX_GROUPS || interval == 0) {
            flush(out);
        } else if (interval != Long.MAX_VALUE && !flushRequested) {
            flushRequested = true;
            OperatorContext open = Objects.requireNonNull(context, "not open");
            open.wakeAt(open.now() + interval / INTERVAL_PARTS);
        }
    }

    @Override
    public void tick(long now, Output out) {
        flush(out);
    }

    @Override
    public void flush(Output out) {
        flushRequested = false;
        int[] ids = groups.keys().ids();
        for (int from = 0; from < ids.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, ids.length - from);
            int[] chunk = Arrays.copyOfRange(ids, from, from + count);
            long[] times = new long[count];
            Arrays.fill(times, latest);
            out.emit(new Batch(
                    count,
                    AggregateOperator.columns(
                            groups.keys().columns(chunk, count), groups.states().partials(chunk, count)),
                    times,
                    null));
        }
        groups.clear();
    }

    @Override
    public void finish(Output out) {
        flush(out);
    }
}
