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
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a partial {@link AggregateNode}: folds the rows of its subtask per key before they are exchanged. What it holds
 * leaves before every barrier, so it has no state to save, and soon enough not to add to the flush interval much. Where keys
 * hardly repeat, rows are passed on as they come, as partial states.
 */
public final class PartialAggregateOperator implements Operator {
    /** Groups above which the fold is sent on. */
    private static final int MAX_GROUPS = 1 << 16;

    /** The longest that rows wait, as a part of the flush interval. */
    private static final int INTERVAL_PARTS = 10;

    private final List<Integer> keyColumns;
    private final KeyRows keys;
    private final Groups groups;
    private final SingleRows singles;
    private final @Nullable Reduction reduction;
    private final long interval;
    private long latest = Long.MIN_VALUE;
    private boolean flushRequested;
    /** Rows in the fold. */
    private long rows;

    private @Nullable OperatorContext context;

    public PartialAggregateOperator(AggregateNode node) {
        // Without keys everything becomes one row.
        this(node, node.keys().isEmpty() ? null : new Reduction());
    }

    /** @param reduction decides whether rows are folded; null: they always are */
    public PartialAggregateOperator(AggregateNode node, @Nullable Reduction reduction) {
        this.reduction = reduction;
        if (node.input().changelog() != ChangelogMode.APPEND) {
            throw new IllegalArgumentException("changes cannot be folded ahead");
        }
        keyColumns = node.keys();
        List<DataType> types =
                keyColumns.stream().map(node.input().schema()::type).toList();
        keys = new KeyRows(types);
        Supplier<GroupStates> states =
                () -> new GroupStates(node.calls(), node.input().schema(), Phase.PARTIAL, keyColumns.size(), false);
        groups = new Groups(KeyTable.of(types), states);
        singles = new SingleRows(states);
        interval = node.emit() instanceof Emit.Changes changes ? changes.interval() : Long.MAX_VALUE;
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (reduction != null && !reduction.folds()) {
            passOn(batch, out);
            reduction.passed(batch.size());
            return;
        }
        rows += batch.size();
        for (int i = 0; i < batch.size(); i++) {
            latest = Math.max(latest, batch.rowtime()[i]);
        }
        keys.load(batch, keyColumns);
        groups.apply(batch, keys, Rows.first(batch.size()), batch.size());
        int held = groups.keys().size();
        if (held >= MAX_GROUPS || interval == 0 || (reduction != null && reduction.isFutile(rows, held))) {
            flush(out);
        } else if (interval != Long.MAX_VALUE && !flushRequested) {
            flushRequested = true;
            OperatorContext open = Objects.requireNonNull(context, "not open");
            open.wakeAt(open.now() + interval / INTERVAL_PARTS);
        }
    }

    private void passOn(Batch batch, Output out) {
        Column[] columns = AggregateOperator.columns(
                keyColumns.stream().map(batch::column).toArray(Column[]::new), singles.partials(batch));
        out.emit(new Batch(batch.size(), columns, batch.rowtime(), null));
    }

    @Override
    public void tick(long now, Output out) {
        flush(out);
    }

    @Override
    public void flush(Output out) {
        flushRequested = false;
        int[] ids = groups.keys().ids();
        if (reduction != null && rows > 0) {
            reduction.folded(rows, ids.length);
        }
        rows = 0;
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
