package io.laminar.execution.window;

import io.laminar.execution.aggregate.Groups;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a partial {@link WindowAggregateNode}: folds the rows of its subtask per pane and key before they are exchanged.
 * What it holds leaves before every watermark and barrier, so it has no state to save.
 */
public final class PartialWindowOperator implements Operator {
    /** Groups above which the fold is sent on. */
    private static final int MAX_GROUPS = 1 << 16;

    private final WindowContext context;
    private final WindowFrames frames;
    private final KeyRows keys;
    private final PaneSplit split = new PaneSplit();
    private final Map<Long, Groups> panes = new HashMap<>();
    private int groups;

    public PartialWindowOperator(WindowAggregateNode node) {
        if (node.time() != TimeDomain.EVENT || node.input().changelog() != ChangelogMode.APPEND) {
            throw new IllegalArgumentException("windows of processing time, or over changes, cannot be folded ahead");
        }
        context = new WindowContext(node.keys(), node.calls(), node.input().schema(), Phase.PARTIAL, false, false);
        frames = WindowFrames.of(node.window());
        keys = context.newKeyRows();
    }

    @Override
    public void open(OperatorContext operatorContext) {}

    @Override
    public void process(int input, Batch batch, Output out) {
        split.split(batch.rowtime(), batch.size(), frames);
        keys.load(batch, context.keyColumns());
        for (int p = 0; p < split.panes(); p++) {
            Groups pane = panes.computeIfAbsent(split.start(p), start -> context.borrow());
            int before = pane.keys().limit();
            pane.apply(batch, keys, split.rows(p), split.count(p));
            groups += pane.keys().limit() - before;
        }
        if (groups >= MAX_GROUPS) {
            flush(out);
        }
    }

    @Override
    public void flush(Output out) {
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
