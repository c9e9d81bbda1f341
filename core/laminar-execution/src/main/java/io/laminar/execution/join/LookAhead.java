package io.laminar.execution.join;

import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;

/**
 * Left rows wait for the first right row of their key at or after their time. Right rows are taken in order of time once
 * the watermark has passed them, and are not kept.
 */
final class LookAhead implements TimeMatch {
    private static final int LEFT = 0;

    private final JoinParts parts;
    private final SideRows left;
    private final SideRows right;
    private final PairWriter pairs;
    private final boolean orEqual;
    private final Timelines waiting;
    private final TimeQueue coming = new TimeQueue();
    /** Left rows that match nothing and leave with the next watermark. */
    private final RowIds keyless = new RowIds();

    private int[] keys = new int[Batch.TARGET_ROWS];
    /** @param orEqual whether a right row of the same time counts */
    LookAhead(JoinParts parts, boolean orEqual) {
        this.parts = parts;
        this.left = SideRows.left(parts);
        this.right = SideRows.right(parts);
        this.orEqual = orEqual;
        this.waiting = new Timelines(left.rows(), left.newKeyTable());
        this.pairs = new PairWriter(
                parts, left, right, (leftRows, rightRows, count) -> right.rows().rowtimes(rightRows, count));
    }

    @Override
    public void open(OperatorContext operatorContext) {
        pairs.open(operatorContext);
    }

    @Override
    public void add(int input, Batch batch, long watermark, LateRows late) {
        int[] timely = new int[batch.size()];
        int count = 0;
        for (int i = 0; i < timely.length; i++) {
            if (batch.rowtime()[i] > watermark) {
                timely[count++] = i;
            } else {
                late.add(i);
            }
        }
        if (input == LEFT) {
            addLeft(batch, timely, count);
        } else {
            addRight(batch, timely, count);
        }
    }

    private void addLeft(Batch batch, int[] timely, int count) {
        Column[] columns = left.keyColumns(batch);
        left.load(columns, batch.size());
        SideRows.Selection usable = left.matchable(columns, timely, count);
        if (usable.count() < count && parts.type().keepsLeft()) {
            addKeyless(batch, timely, count, columns);
        }
        int[] ids = left.add(batch, usable.rows(), usable.count());
        if (keys.length < usable.count()) {
            keys = new int[usable.count()];
        }
        waiting.keys().lookup(left.keys(), usable.rows(), usable.count(), keys);
        waiting.reserve();
        for (int i = 0; i < usable.count(); i++) {
            waiting.add(keys[i], ids[i], waiting.laterThan(keys[i], batch.rowtime()[usable.rows()[i]]));
        }
    }

    private void addKeyless(Batch batch, int[] timely, int count, Column[] columns) {
        int[] unusable = left.unmatchable(columns, timely, count);
        int[] ids = left.add(batch, unusable, unusable.length);
        keyless.add(ids, unusable.length);
    }

    private void addRight(Batch batch, int[] timely, int count) {
        SideRows.Selection usable = right.matchable(right.keyColumns(batch), timely, count);
        int[] ids = right.add(batch, usable.rows(), usable.count());
        for (int i = 0; i < usable.count(); i++) {
            coming.add(batch.rowtime()[usable.rows()[i]], ids[i]);
        }
    }

    // Watermark
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public void advance(long before, long watermark, Output out) {
        leaveAlone(keyless, before, out);
        RowIds due = new RowIds();
        coming.poll(watermark, due);
        for (int from = 0; from < due.size(); from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, due.size() - from);
            match(due.ids(from, count), count, out);
        }
        if (watermark == Long.MAX_VALUE) {
            RowIds rest = new RowIds();
            int[] rows = waiting.rowsByKey();
            rest.add(rows, rows.length);
            for (int key : waiting.keys().ids()) {
                waiting.detach(key, Long.MAX_VALUE);
            }
            waiting.keys().clear();
            leaveAlone(rest, before, out);
        }
    }

    /** Takes right rows in order of time, each to the left rows of its key that wait for it. */
    private void match(int[] rows, int count, Output out) {
        right.load(right.keyColumns(rows, count), count);
        if (keys.length < count) {
            keys = new int[count];
        }
        waiting.keys().find(right.keys(), Rows.first(count), count, keys);
        RowIds left = new RowIds();
        RowIds emptied = new RowIds();
        for (int i = 0; i < count; i++) {
            if (keys[i] == KeyTable.ABSENT || waiting.first(keys[i]) == Timelines.NONE) {
                continue;
            }
            long time = right.rows().rowtime(rows[i]);
            int row = waiting.detach(keys[i], orEqual ? time : time - 1);
            for (; row != Timelines.NONE; row = waiting.earlier(row)) {
                pairs.add(row, rows[i], out);
                left.add(row);
            }
            if (waiting.first(keys[i]) == Timelines.NONE) {
                emptied.add(keys[i]);
            }
        }
        pairs.flush(out);
        this.left.remove(left.ids(), left.size());
        right.remove(rows, count);
        waiting.keys().remove(emptied.ids(), emptied.size());
    }

    private void leaveAlone(RowIds rows, long before, Output out) {
        if (parts.type().keepsLeft()) {
            long[] times = left.rows().rowtimes(rows.ids(), rows.size());
            long[] later = new long[rows.size()];
            for (int i = 0; i < later.length; i++) {
                // Nobody waits any more for what is before the watermark.
                later[i] = Math.max(times[i], before + 1);
            }
            pairs.emitLeft(rows.ids(), later, rows.size(), out);
        }
        left.remove(rows.ids(), rows.size());
        rows.clear();
    }

    // State
    // -------------------------------------------------------------------------------------------------------------

    @Override
    public void track(StateTables tables) {
        left.track(tables, copied -> addLeft(left.row(copied), Rows.first(copied.size()), copied.size()));
        right.track(tables, copied -> addRight(right.row(copied), Rows.first(copied.size()), copied.size()));
    }

    @Override
    public long bytes() {
        return left.bytes() + right.bytes() + waiting.bytes() + coming.bytes() + keyless.bytes();
    }
}
