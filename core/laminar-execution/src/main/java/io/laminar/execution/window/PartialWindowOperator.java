package io.laminar.execution.window;

import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.aggregate.Reduction;
import io.laminar.execution.aggregate.SingleRows;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a partial {@link WindowAggregateNode}: folds the rows of its subtask per pane and key before they are exchanged.
 * What it holds leaves before every watermark and barrier, so it has no state to save. Where keys hardly repeat, rows are
 * passed on as they come, as partial states.
 */
public final class PartialWindowOperator implements Operator {
    /** Groups above which the fold is sent on. */
    private static final int MAX_GROUPS = 1 << 16;

    private final WindowContext context;
    private final WindowFrames frames;
    private final KeyRows keys;
    private final PaneSplit split = new PaneSplit();
    private final Map<Long, Groups> panes = new HashMap<>();
    private final SingleRows singles;
    private final @Nullable Reduction reduction;
    private int groups;
    private long rows;

    public PartialWindowOperator(WindowAggregateNode node) {
        // Without keys everything of a pane becomes one row.
        this(node, node.keys().isEmpty() ? null : new Reduction());
    }

    /** @param reduction decides whether rows are folded; null: they always are */
    public PartialWindowOperator(WindowAggregateNode node, @Nullable Reduction reduction) {
        this.reduction = reduction;
        if (node.time() != TimeDomain.EVENT || node.input().changelog() != ChangelogMode.APPEND) {
            throw new IllegalArgumentException("windows of processing time, or over changes, cannot be folded ahead");
        }
        context = new WindowContext(node.keys(), node.calls(), node.input().schema(), Phase.PARTIAL, false, false);
        frames = WindowFrames.of(node.window());
        keys = context.newKeyRows();
        singles = new SingleRows(context::newStates);
    }

    @Override
    public void open(OperatorContext operatorContext) {}

    @Override
    public void process(int input, Batch batch, Output out) {
        if (reduction != null && !reduction.folds()) {
            passOn(batch, out);
            reduction.passed(batch.size());
            return;
        }
        rows += batch.size();
        split.split(batch.rowtime(), batch.size(), frames);
        keys.load(batch, context.keyColumns());
        for (int p = 0; p < split.panes(); p++) {
            Groups pane = panes.computeIfAbsent(split.start(p), start -> context.borrow());
            int before = pane.keys().limit();
            pane.apply(batch, keys, split.rows(p), split.count(p));
            groups += pane.keys().limit() - before;
        }
        if (groups >= MAX_GROUPS || (reduction != null && reduction.isFutile(rows, groups))) {
            flush(out);
        }
    }

    private void passOn(Batch batch, Output out) {
        int size = batch.size();
        long[] starts = new long[size];
        for (int i = 0; i < size; i++) {
            starts[i] = frames.paneStart(batch.rowtime()[i]);
        }
        List<Column> columns = new ArrayList<>();
        context.keyColumns().forEach(key -> columns.add(batch.column(key)));
        columns.addAll(singles.partials(batch));
        columns.add(new LongColumn(starts, null, size));
        out.emit(new Batch(size, columns.toArray(new Column[0]), starts, null));
    }

    @Override
    public void flush(Output out) {
        if (reduction != null && rows > 0) {
            reduction.folded(rows, groups);
        }
        rows = 0;
        panes.forEach((start, pane) -> {
            emit(start, pane, out);
            context.giveBack(pane);
        });
        panes.clear();
        groups = 0;
    }

    private static void emit(long start, Groups pane, Output out) {
        int[] ids = pane.keys().ids();
        for (int from = 0; from < ids.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, ids.length - from);
            int[] chunk = Arrays.copyOfRange(ids, from, from + count);
            List<Column> columns = new ArrayList<>();
            Collections.addAll(columns, pane.keys().columns(chunk, count));
            columns.addAll(pane.states().partials(chunk, count));
            columns.add(WindowEmitter.constant(start, count));
            out.emit(new Batch(count, columns.toArray(new Column[0]), WindowEmitter.filled(start, count), null));
        }
    }

    @Override
    public void finish(Output out) {
        flush(out);
    }
}
